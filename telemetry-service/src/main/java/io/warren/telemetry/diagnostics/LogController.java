package io.warren.telemetry.diagnostics;

import static io.warren.telemetry.diagnostics.RecordSearch.instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.platform.security.Caller;
import io.warren.platform.web.CleanText;
import io.warren.platform.web.Page;
import io.warren.telemetry.body.LogLevel;
import io.warren.telemetry.diagnostics.RecordSearch.Kind;
import io.warren.telemetry.diagnostics.RecordSearch.Sized;
import io.warren.telemetry.directory.DeviceDirectory;
import io.warren.telemetry.reading.TimeRange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What devices have logged, newest first unless it is asked for otherwise. */
@RestController
class LogController {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]");
    private static final int MAX_TEXT = 200;

    private final DeviceDirectory directory;
    private final RecordSearch search;
    private final DiagnosticProperties properties;

    LogController(DeviceDirectory directory, RecordSearch search, DiagnosticProperties properties) {
        this.directory = directory;
        this.search = search;
        this.properties = properties;
    }

    @GetMapping("/api/v1/devices/{device}/logs")
    Page<LogItem> ofDevice(
            Caller caller,
            @PathVariable String device,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String level,
            @RequestParam(required = false) @Nullable String text,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        RecordQuestion question =
                RecordQuestion.of(caller.requireTenant().value(), device, from, to, sort, limit, cursor);
        Kind<LogItem> kind = kind(question, level, text);
        directory.require(caller, device);
        return search.page(question, kind);
    }

    @GetMapping("/api/v1/logs")
    Page<LogItem> ofTenant(
            Caller caller,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String level,
            @RequestParam(required = false) @Nullable String text,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        RecordQuestion question =
                RecordQuestion.of(caller.requireTenant().value(), null, from, to, sort, limit, cursor);
        return search.page(question, kind(question, level, text));
    }

    private Kind<LogItem> kind(RecordQuestion question, @Nullable String level, @Nullable String text) {
        StringBuilder condition = new StringBuilder();
        List<Object> values = new ArrayList<>();
        if (level != null) {
            LogLevel least =
                    LogLevel.of(level).orElseThrow(() -> TimeRange.invalid("level", "one of " + LogLevel.names()));
            // written out: the database finds out by itself that an index of the grave ones will do
            condition.append(" AND level >= ").append(least.number());
        }
        if (text != null) {
            if (text.length() > MAX_TEXT || !WORD.matcher(text).find() || !CleanText.Validator.isClean(text)) {
                throw TimeRange.invalid("text", "words, " + MAX_TEXT + " characters at most");
            }
            condition
                    .append(
                            " AND (array_to_tsvector(ARRAY['@' || tenant, '#' || device]) || to_tsvector('simple', message))")
                    .append(" @@ (?::tsquery && plainto_tsquery('simple', ?))");
            values.add(owner(question));
            values.add(text);
        }
        return new Kind<>(
                "device_log",
                "device, level, message, truncated, received_at",
                properties.logRetention(),
                condition.toString(),
                values,
                LogController::item);
    }

    /** The words under which the lines of a tenant, or of one device of it, are found; both have no quotes in them. */
    private static String owner(RecordQuestion question) {
        String tenant = "'@" + question.tenant() + "'";
        return question.device() == null ? tenant : tenant + " & '#" + question.device() + "'";
    }

    private static Sized<LogItem> item(ResultSet row) throws SQLException {
        String message = row.getString("message");
        return new Sized<>(
                new LogItem(
                        instant(row, "ts"),
                        row.getString("device"),
                        LogLevel.ofNumber(row.getInt("level")).wireName(),
                        message,
                        row.getBoolean("truncated") ? true : null,
                        instant(row, "received_at")),
                message.length());
    }

    /**
     * A line of a device's log.
     *
     * @param ts its time
     * @param device the device that logged it
     * @param level how grave it is
     * @param message the text
     * @param truncated true if there was more of it than is kept
     * @param receivedAt when the platform received it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LogItem(
            Instant ts,
            String device,
            String level,
            String message,
            @Nullable Boolean truncated,
            Instant receivedAt) {}
}
