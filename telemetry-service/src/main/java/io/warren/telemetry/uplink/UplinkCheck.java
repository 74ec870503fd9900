package io.warren.telemetry.uplink;

import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.telemetry.body.Contents;
import io.warren.telemetry.body.EventBody;
import io.warren.telemetry.body.JsonBody;
import io.warren.telemetry.body.LogBody;
import io.warren.telemetry.body.MediaType;
import io.warren.telemetry.body.Reason;
import io.warren.telemetry.body.Refusal;
import io.warren.telemetry.diagnostics.DiagnosticProperties;
import io.warren.telemetry.measurement.MeasurementProperties;
import io.warren.telemetry.tenant.Allowances;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Refuses at once what would be refused as a whole once it is read from the broker. Of a batch of which something is good, all is
 * let through: what is refused of it is listed and told as over MQTT.
 */
@Component
class UplinkCheck {

    private final JsonBody telemetry = new JsonBody();
    private final MeasurementProperties measurements;
    private final DiagnosticProperties diagnostics;
    private final Allowances allowances;
    private final Clock clock;

    UplinkCheck(
            MeasurementProperties measurements, DiagnosticProperties diagnostics, Allowances allowances, Clock clock) {
        this.measurements = measurements;
        this.diagnostics = diagnostics;
        this.allowances = allowances;
        this.clock = clock;
    }

    void telemetry(TenantId tenant, @Nullable String contentType, byte[] body) {
        check(contentType, () -> telemetry.read(body, clock.millis(), retention(tenant, measurements.retention())));
    }

    void event(TenantId tenant, @Nullable String contentType, byte[] body) {
        check(contentType, () -> EventBody.read(body, clock.millis(), retention(tenant, diagnostics.eventRetention())));
    }

    void logs(TenantId tenant, @Nullable String contentType, byte[] body) {
        check(contentType, () -> LogBody.read(body, clock.millis(), retention(tenant, diagnostics.logRetention())));
    }

    /** The problem of a level of the address that cannot be one of a topic. */
    static ProblemException invalid(Reason reason, String detail) {
        return problem(reason, HttpStatus.UNPROCESSABLE_CONTENT, detail, List.of());
    }

    private Duration retention(TenantId tenant, Duration usual) {
        return allowances.retention(tenant.value(), usual);
    }

    private static void check(@Nullable String contentType, Supplier<Contents<?>> reading) {
        if (!MediaType.isJson(contentType)) {
            throw problem(
                    Reason.UNSUPPORTED_CONTENT_TYPE,
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "The body is application/json.",
                    List.of());
        }
        Contents<?> contents = reading.get();
        if (contents.readings().isEmpty() && !contents.refusals().isEmpty()) {
            Refusal first = contents.refusals().getFirst();
            throw problem(
                    first.reason(),
                    first.reason() == Reason.MALFORMED ? HttpStatus.BAD_REQUEST : HttpStatus.UNPROCESSABLE_CONTENT,
                    first.detail(),
                    contents.refusals().stream()
                            .filter(refusal -> !refusal.pointer().isEmpty())
                            .map(refusal -> new Violation(refusal.pointer(), refusal.detail()))
                            .toList());
        }
    }

    private static ProblemException problem(Reason reason, HttpStatus status, String detail, List<Violation> where) {
        return new ProblemException(new ProblemKind(reason.wireName(), status, reason.title()), detail, where);
    }
}
