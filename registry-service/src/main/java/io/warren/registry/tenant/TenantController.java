package io.warren.registry.tenant;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.device.TenantId;
import io.warren.platform.web.EntityTags;
import io.warren.platform.web.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tenants over REST, for the platform's own administrators. */
@RestController
@RequestMapping("/api/v1/tenants")
class TenantController {

    private final TenantAdministration administration;
    private final Tenants tenants;

    TenantController(TenantAdministration administration, Tenants tenants) {
        this.administration = administration;
        this.tenants = tenants;
    }

    @PutMapping("/{tenant}")
    ResponseEntity<TenantView> put(
            @PathVariable TenantId tenant,
            @RequestBody @Valid TenantDescription description,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        TenantAdministration.Outcome outcome =
                administration.put(tenant, description.name(), description.limits(), ifMatch);
        return answer(outcome.created() ? HttpStatus.CREATED : HttpStatus.OK, outcome.tenant());
    }

    @GetMapping("/{tenant}")
    ResponseEntity<TenantView> get(@PathVariable TenantId tenant) {
        return answer(HttpStatus.OK, tenants.get(tenant));
    }

    @GetMapping
    Page<TenantView> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return Page.byId(limit, cursor, tenants::after, Tenant::id).map(tenant -> TenantView.of(tenant, null));
    }

    @DeleteMapping("/{tenant}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            @PathVariable TenantId tenant,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        administration.delete(tenant, ifMatch);
    }

    private ResponseEntity<TenantView> answer(HttpStatus status, Tenant tenant) {
        TenantId id = new TenantId(tenant.id());
        Usage usage = new Usage(tenants.devices(id), tenants.connections(id));
        return ResponseEntity.status(status)
                .eTag(EntityTags.of(tenant.version()))
                .body(TenantView.of(tenant, usage));
    }

    /** What a caller may say of a tenant; what the platform says of it is read over. */
    @JsonIgnoreProperties({"id", "usage", "createdAt", "version"})
    record TenantDescription(
            @Size(min = 1, max = 200) @Nullable String name,
            @Valid Limits limits) {

        @SuppressWarnings("ConstantValue") // JSON may leave it out
        TenantDescription {
            limits = Objects.requireNonNullElse(limits, Limits.NONE);
        }
    }

    /** A tenant; its usage is left out of lists. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TenantView(
            String id,
            @Nullable String name,
            Limits limits,
            @Nullable Usage usage,
            Instant createdAt,
            long version) {

        static TenantView of(Tenant tenant, @Nullable Usage usage) {
            return new TenantView(
                    tenant.id(), tenant.name(), tenant.limits(), usage, tenant.createdAt(), tenant.version());
        }
    }

    /** What a tenant uses now. */
    record Usage(long devices, long connections) {}
}
