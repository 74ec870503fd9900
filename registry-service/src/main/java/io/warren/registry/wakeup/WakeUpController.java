package io.warren.registry.wakeup;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.platform.security.Caller;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.NewestFirst;
import io.warren.platform.web.Page;
import io.warren.registry.device.Devices;
import io.warren.registry.wakeup.WakeUps.WakeUpView;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Waking a device, and how that went, over REST. */
@RestController
class WakeUpController {

    private final WakeUpRequests requests;
    private final WakeUps wakeUps;
    private final Devices devices;

    WakeUpController(WakeUpRequests requests, WakeUps wakeUps, Devices devices) {
        this.requests = requests;
        this.wakeUps = wakeUps;
        this.devices = devices;
    }

    @PostMapping("/api/v1/devices/{device}:wake")
    @ResponseStatus(HttpStatus.ACCEPTED)
    WakeUpView wake(Caller caller, @PathVariable DeviceId device) {
        return requests.wake(new DeviceAddress(caller.requireTenant(), device));
    }

    @GetMapping("/api/v1/devices/{device}/wake-ups")
    Page<WakeUpView> list(
            Caller caller,
            @PathVariable DeviceId device,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        DeviceAddress address = new DeviceAddress(caller.requireTenant(), device);
        devices.require(address);
        int size = Cursor.limit(limit);
        return Page.of(
                wakeUps.of(address, NewestFirst.byId(Cursor.decode(cursor, 2)), size + 1),
                size,
                wakeUp -> Cursor.after(wakeUp.createdAt(), wakeUp.id()));
    }
}
