package io.warren.provisioning.registration;

import io.warren.platform.security.Caller;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.Page;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Attempts to bootstrap, for integrators. */
@RestController
@RequestMapping("/api/v1/registrations")
class RegistrationController {

    private final Registrations registrations;

    RegistrationController(Registrations registrations) {
        this.registrations = registrations;
    }

    @GetMapping("/{id}")
    RegistrationView get(Caller caller, @PathVariable UUID id) {
        return registrations.get(caller.requireTenant(), id);
    }

    @GetMapping
    Page<RegistrationView> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        return registrations.list(caller.requireTenant(), Cursor.decode(cursor, 2), Cursor.limit(limit));
    }
}
