package io.warren.telemetry.uplink;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.DeviceRoute;
import io.warren.platform.security.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What a device publishes below its {@code up/} over MQTT, and a gateway device below {@code up/via/}. */
@RestController
@RequestMapping("/device/v1")
@ResponseStatus(HttpStatus.ACCEPTED)
class UplinkController {

    private final UplinkMessages messages;

    UplinkController(UplinkMessages messages) {
        this.messages = messages;
    }

    @PostMapping("/telemetry")
    void telemetry(Caller caller, HttpServletRequest request) throws IOException {
        messages.telemetry(own(caller), request);
    }

    @PostMapping("/telemetry/{stream}")
    void telemetry(Caller caller, @PathVariable String stream, HttpServletRequest request) throws IOException {
        messages.telemetry(own(caller), stream, request);
    }

    @PostMapping("/events/{type}")
    void event(Caller caller, @PathVariable String type, HttpServletRequest request) throws IOException {
        messages.event(own(caller), type, request);
    }

    @PostMapping("/logs")
    void logs(Caller caller, HttpServletRequest request) throws IOException {
        messages.logs(own(caller), request);
    }

    @PostMapping("/via/{device}/telemetry")
    void telemetryOf(Caller caller, @PathVariable DeviceId device, HttpServletRequest request) throws IOException {
        messages.telemetry(via(caller, device), request);
    }

    @PostMapping("/via/{device}/telemetry/{stream}")
    void telemetryOf(
            Caller caller, @PathVariable DeviceId device, @PathVariable String stream, HttpServletRequest request)
            throws IOException {
        messages.telemetry(via(caller, device), stream, request);
    }

    @PostMapping("/via/{device}/events/{type}")
    void eventOf(Caller caller, @PathVariable DeviceId device, @PathVariable String type, HttpServletRequest request)
            throws IOException {
        messages.event(via(caller, device), type, request);
    }

    @PostMapping("/via/{device}/logs")
    void logsOf(Caller caller, @PathVariable DeviceId device, HttpServletRequest request) throws IOException {
        messages.logs(via(caller, device), request);
    }

    private static DeviceRoute own(Caller caller) {
        return new DeviceRoute(caller.requireDevice(), null);
    }

    /** Whether the one speaks for the other is judged by whoever reads the message, as over MQTT. */
    private static DeviceRoute via(Caller caller, DeviceId device) {
        DeviceAddress gateway = caller.requireDevice();
        return new DeviceRoute(new DeviceAddress(gateway.tenant(), device), gateway.device());
    }
}
