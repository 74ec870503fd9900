package io.warren.registry.presence;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.platform.security.Caller;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.Page;
import io.warren.registry.RegistryProblems;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A device's presence over REST, and its connections, the newest first. */
@RestController
class ConnectionController {

    private final Connections connections;
    private final Presences presences;

    ConnectionController(Connections connections, Presences presences) {
        this.connections = connections;
        this.presences = presences;
    }

    @GetMapping("/api/v1/devices/{device}/connections")
    Page<Connections.ConnectionView> list(
            Caller caller,
            @PathVariable DeviceId device,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        DeviceAddress address = new DeviceAddress(caller.requireTenant(), device);
        presences.require(address);
        return Page.of(
                connections.of(address, Cursor.number(cursor, Long.MAX_VALUE), size + 1),
                size,
                connection -> Cursor.after(connection.epoch()));
    }

    @GetMapping("/api/v1/devices/{device}/presence")
    PresenceView presence(Caller caller, @PathVariable DeviceId device) {
        DeviceAddress address = new DeviceAddress(caller.requireTenant(), device);
        return presences.find(address).orElseThrow(() -> RegistryProblems.deviceNotFound(address));
    }
}
