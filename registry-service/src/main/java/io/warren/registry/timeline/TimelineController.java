package io.warren.registry.timeline;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.platform.security.Caller;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.Page;
import io.warren.registry.device.Devices;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A device's timeline over REST, the newest first. */
@RestController
class TimelineController {

    private final DeviceTimeline timeline;
    private final Devices devices;

    TimelineController(DeviceTimeline timeline, Devices devices) {
        this.timeline = timeline;
        this.devices = devices;
    }

    @GetMapping("/api/v1/devices/{device}/timeline")
    Page<TimelineEntry> list(
            Caller caller,
            @PathVariable DeviceId device,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        DeviceAddress address = new DeviceAddress(caller.requireTenant(), device);
        TimelineQuestion question = TimelineQuestion.of(address, from, to, kind, limit, cursor);
        List<TimelineEntry> entries = timeline.of(question, question.limit() + 1);
        if (entries.isEmpty()) {
            devices.require(address); // one that was deleted has a timeline for as long as that is kept
        }
        return Page.of(entries, question.limit(), entry -> Cursor.after(entry.at(), entry.seq()));
    }
}
