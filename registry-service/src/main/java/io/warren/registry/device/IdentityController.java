package io.warren.registry.device;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.security.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells a device who it is, and what time it is. */
@RestController
class IdentityController {

    private final Devices devices;
    private final Clock clock;

    IdentityController(Devices devices, Clock clock) {
        this.devices = devices;
        this.clock = clock;
    }

    @GetMapping("/device/v1/identity")
    ResponseEntity<IdentityView> get(Caller caller) {
        Device device = devices.get(caller.requireDevice());
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(IdentityView.of(device, clock.instant()));
    }

    /**
     * A device as it sees itself.
     *
     * @param time the platform's time, for a device that has no clock
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record IdentityView(
            TenantId tenant,
            DeviceId deviceId,
            String type,
            @Nullable String name,
            Map<String, String> tags,
            Instant time) {

        static IdentityView of(Device device, Instant time) {
            DeviceAddress address = device.address();
            DeviceDescription description = device.description();
            return new IdentityView(
                    address.tenant(),
                    address.device(),
                    description.type(),
                    description.name(),
                    description.tags(),
                    time);
        }
    }
}
