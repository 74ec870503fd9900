package io.warren.provisioning.enrollmentgroup;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.security.Caller;
import io.warren.platform.web.CleanText;
import io.warren.platform.web.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Deny lists of enrolment groups for integrators. */
@RestController
@RequestMapping("/api/v1/enrollment-groups/{id}/denied")
class DenyListController {

    private final DenyList denied;

    DenyListController(DenyList denied) {
        this.denied = denied;
    }

    @PutMapping("/{registrationId}")
    DenyList.Denied put(
            Caller caller,
            @PathVariable String id,
            @PathVariable DeviceId registrationId,
            @Valid @RequestBody Denial denial) {
        return denied.add(caller.requireTenant(), id, registrationId, denial.reason());
    }

    @GetMapping
    Page<DenyList.Denied> list(
            Caller caller,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        TenantId tenant = caller.requireTenant();
        return Page.byId(
                limit, cursor, (after, size) -> denied.after(tenant, id, after, size), DenyList.Denied::registrationId);
    }

    @DeleteMapping("/{registrationId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id, @PathVariable DeviceId registrationId) {
        denied.remove(caller.requireTenant(), id, registrationId);
    }

    /**
     * Why a device is not let in.
     *
     * @param reason for people
     */
    record Denial(@Nullable @CleanText @Size(max = 256) String reason) {}
}
