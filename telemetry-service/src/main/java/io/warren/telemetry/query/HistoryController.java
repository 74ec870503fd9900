package io.warren.telemetry.query;

import io.warren.platform.security.Caller;
import io.warren.platform.web.Page;
import io.warren.telemetry.directory.DeviceDirectory;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a device has measured. */
@RestController
@RequestMapping("/api/v1/devices/{device}/telemetry")
class HistoryController {

    private final DeviceDirectory directory;
    private final History history;

    HistoryController(DeviceDirectory directory, History history) {
        this.directory = directory;
        this.history = history;
    }

    @GetMapping
    Page<TelemetryItem> history(
            Caller caller,
            @PathVariable String device,
            @RequestParam(required = false) @Nullable String stream,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String keys,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        HistoryQuestion question = HistoryQuestion.of(stream, from, to, keys, sort, limit, cursor);
        directory.require(caller, device);
        return history.page(caller.requireTenant().value(), device, question);
    }

    @GetMapping("/latest")
    Page<TelemetryItem> latest(
            Caller caller,
            @PathVariable String device,
            @RequestParam(required = false) @Nullable String stream,
            @RequestParam(required = false) @Nullable String keys,
            @RequestParam(required = false) @Nullable String cursor) {
        String oneStream = HistoryQuestion.stream(stream);
        List<String> theseKeys = HistoryQuestion.keys(keys);
        String after = HistoryQuestion.streamBefore(cursor);
        directory.require(caller, device);
        return history.latest(caller.requireTenant().value(), device, oneStream, theseKeys, after);
    }
}
