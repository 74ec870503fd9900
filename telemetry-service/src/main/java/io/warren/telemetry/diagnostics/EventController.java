package io.warren.telemetry.diagnostics;

import static io.warren.telemetry.diagnostics.RecordSearch.instant;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.warren.platform.security.Caller;
import io.warren.platform.web.Page;
import io.warren.telemetry.body.Severity;
import io.warren.telemetry.diagnostics.RecordSearch.Kind;
import io.warren.telemetry.diagnostics.RecordSearch.Sized;
import io.warren.telemetry.directory.DeviceDirectory;
import io.warren.telemetry.reading.TimeRange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What devices say has happened, newest first unless it is asked for otherwise. */
@RestController
class EventController {

    private final DeviceDirectory directory;
    private final RecordSearch search;
    private final DiagnosticProperties properties;

    EventController(DeviceDirectory directory, RecordSearch search, DiagnosticProperties properties) {
        this.directory = directory;
        this.search = search;
        this.properties = properties;
    }

    @GetMapping("/api/v1/devices/{device}/events")
    Page<EventItem> ofDevice(
            Caller caller,
            @PathVariable String device,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String severity,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        RecordQuestion question =
                RecordQuestion.of(caller.requireTenant().value(), device, from, to, sort, limit, cursor);
        Kind<EventItem> kind = kind(type, severity);
        directory.require(caller, device);
        return search.page(question, kind);
    }

    @GetMapping("/api/v1/events")
    Page<EventItem> ofTenant(
            Caller caller,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String severity,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return search.page(
                RecordQuestion.of(caller.requireTenant().value(), null, from, to, sort, limit, cursor),
                kind(type, severity));
    }

    private Kind<EventItem> kind(@Nullable String type, @Nullable String severity) {
        StringBuilder condition = new StringBuilder();
        List<Object> values = new ArrayList<>();
        if (type != null) {
            if (!EventType.isValid(type)) {
                throw TimeRange.invalid("type", "is not a type of event");
            }
            condition.append(" AND type = ?");
            values.add(type);
        }
        if (severity != null) {
            Severity least = Severity.of(severity)
                    .orElseThrow(() -> TimeRange.invalid("severity", "one of " + Severity.names()));
            condition.append(" AND severity >= ").append(least.number());
        }
        return new Kind<>(
                "device_event",
                "device, type, severity, data::text AS body, received_at",
                properties.eventRetention(),
                condition.toString(),
                values,
                EventController::item);
    }

    private static Sized<EventItem> item(ResultSet row) throws SQLException {
        String data = row.getString("body");
        return new Sized<>(
                new EventItem(
                        instant(row, "ts"),
                        row.getString("device"),
                        row.getString("type"),
                        Severity.ofNumber(row.getInt("severity")).wireName(),
                        data,
                        instant(row, "received_at")),
                data.length());
    }

    /**
     * Something that a device says has happened.
     *
     * @param ts when, as the device says, or when it was received
     * @param device the device
     * @param type what kind of thing, by the device's choice
     * @param severity how grave it is
     * @param data a JSON object, as the device wrote it
     * @param receivedAt when the platform received it
     */
    record EventItem(
            Instant ts,
            String device,
            String type,
            String severity,
            @JsonRawValue String data,
            Instant receivedAt) {}
}
