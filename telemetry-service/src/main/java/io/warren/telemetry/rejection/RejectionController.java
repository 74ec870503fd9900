package io.warren.telemetry.rejection;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.device.DeviceId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.platform.security.Caller;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.Page;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was refused and why, newest first. */
@RestController
class RejectionController {

    private final Rejections rejections;

    RejectionController(Rejections rejections) {
        this.rejections = rejections;
    }

    @GetMapping("/api/v1/telemetry/rejected")
    Page<RejectionItem> rejected(
            Caller caller,
            @RequestParam(required = false) @Nullable String device,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        if (device != null && !DeviceId.isValid(device)) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    "A parameter is not allowed to be as it is.",
                    List.of(new Violation("device", "is not the id of a device")));
        }
        return rejections.page(
                caller.requireTenant().value(), device, Cursor.limit(limit), Cursor.number(cursor, Long.MAX_VALUE));
    }

    /**
     * Something that was refused.
     *
     * @param device the device that sent it
     * @param topic the topic of the message
     * @param receivedAt when the platform received the message
     * @param reason why, for programs
     * @param detail why, for people
     * @param pointer where in the body, as a JSON pointer; absent for the whole of it
     * @param payload the beginning of what was refused, as text
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RejectionItem(
            String device,
            String topic,
            Instant receivedAt,
            String reason,
            String detail,
            @Nullable String pointer,
            String payload) {}
}
