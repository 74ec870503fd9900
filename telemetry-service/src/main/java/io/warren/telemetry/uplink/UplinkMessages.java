package io.warren.telemetry.uplink;

import io.warren.contracts.device.DeviceRoute;
import io.warren.contracts.device.TenantId;
import io.warren.telemetry.body.Reason;
import io.warren.telemetry.diagnostics.EventType;
import io.warren.telemetry.measurement.StreamName;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes of a request the message that it would be over MQTT. */
@Component
class UplinkMessages {

    private final UplinkBodies bodies;
    private final UplinkCheck check;
    private final Uplink uplink;

    UplinkMessages(UplinkBodies bodies, UplinkCheck check, Uplink uplink) {
        this.bodies = bodies;
        this.check = check;
        this.uplink = uplink;
    }

    void telemetry(DeviceRoute route, HttpServletRequest request) throws IOException {
        publish(route, route.up("telemetry"), request, check::telemetry);
    }

    void telemetry(DeviceRoute route, String stream, HttpServletRequest request) throws IOException {
        if (!StreamName.isValid(stream)) {
            throw UplinkCheck.invalid(Reason.INVALID_STREAM, "A stream is 1 to 64 letters, digits, _ and -.");
        }
        publish(route, route.up("telemetry", stream), request, check::telemetry);
    }

    void event(DeviceRoute route, String type, HttpServletRequest request) throws IOException {
        if (!EventType.isValid(type)) {
            throw UplinkCheck.invalid(Reason.INVALID_TYPE, "A type of event is 1 to 64 letters, digits, _ and -.");
        }
        publish(route, route.up("events", type), request, check::event);
    }

    void logs(DeviceRoute route, HttpServletRequest request) throws IOException {
        publish(route, route.up("logs"), request, check::logs);
    }

    private void publish(DeviceRoute route, String key, HttpServletRequest request, Check content) throws IOException {
        String contentType = request.getContentType();
        bodies.with(route.connection(), request, body -> {
            content.of(route.device().tenant(), contentType, body);
            uplink.publish(route.connection(), key, body);
        });
    }

    /** Looks at a body before it is published. */
    @FunctionalInterface
    private interface Check {
        void of(TenantId tenant, @Nullable String contentType, byte[] body);
    }
}
