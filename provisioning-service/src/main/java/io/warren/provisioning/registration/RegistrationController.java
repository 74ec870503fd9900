package io.warren.provisioning.registration;

import io.warren.platform.security.Caller;
import io.warren.platform.web.CleanText;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.Page;
import io.warren.provisioning.attestation.Door;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
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

    /**
     * Lists registrations.
     *
     * @param status those that are there
     * @param group those of an enrolment group
     * @param enrollment those of an enrolment of one device
     * @param device those of a device, by what it is called here or calls itself
     * @param reason those that were turned away for a reason that has this in it
     */
    @GetMapping
    Page<RegistrationView> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String group,
            @RequestParam(required = false) @Nullable String enrollment,
            @RequestParam(required = false) @Nullable String device,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant until,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        RegistrationFilter filter = new RegistrationFilter(
                status == null ? null : RegistrationStatus.parse(status),
                group == null ? enrollment : Door.name(Door.Kind.GROUP, group),
                device,
                reason,
                from,
                until);
        return registrations.list(caller.requireTenant(), filter, Cursor.decode(cursor, 2), Cursor.limit(limit));
    }

    @PostMapping("/{id}:approve")
    RegistrationView approve(
            Caller caller, @PathVariable UUID id, @Valid @RequestBody(required = false) @Nullable Consent consent) {
        return registrations.approve(caller.requireTenant(), id, consent == null ? null : consent.generation());
    }

    @PostMapping("/{id}:deny")
    RegistrationView deny(
            Caller caller, @PathVariable UUID id, @Valid @RequestBody(required = false) @Nullable Denial denial) {
        return denial == null
                ? registrations.deny(caller.requireTenant(), id, null, null)
                : registrations.deny(caller.requireTenant(), id, denial.reason(), denial.generation());
    }

    /**
     * What a person agrees to.
     *
     * @param generation of the registration as it was seen; left out, as it is
     */
    record Consent(@Nullable Integer generation) {}

    /**
     * Why a device is denied.
     *
     * @param reason for people, the device among them
     * @param generation of the registration as it was seen; left out, as it is
     */
    record Denial(
            @Nullable @CleanText @Size(max = 256) String reason,
            @Nullable Integer generation) {}
}
