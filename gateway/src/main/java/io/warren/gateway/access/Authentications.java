package io.warren.gateway.access;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.stereotype.Component;

/** Finds out who is calling from the key that they show. */
@Component
class Authentications {

    private static final ProblemKind FOREIGN_TENANT =
            new ProblemKind("foreign-tenant", HttpStatus.FORBIDDEN, "Another tenant's");

    private final KeyDirectory directory;
    private final MeterRegistry meters;
    private final Clock clock;

    Authentications(KeyDirectory directory, MeterRegistry meters, Clock clock) {
        this.directory = directory;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * The holder of a key.
     *
     * @param shown what came as the bearer token
     * @param tenantNamed the tenant that the caller names beside the key, if any
     * @throws BadCredentialsException if this is no key, or no longer; which of the two is not said
     * @throws ProblemException if the tenant named is not the key's, or is no tenant's name
     */
    Identity authenticate(String shown, @Nullable String tenantNamed) {
        Credential credential = Credential.parse(shown);
        Optional<ApiKey> found = directory.find(credential.id());
        if (found.isEmpty()) {
            throw refused("unknown");
        }
        ApiKey key = found.get();
        if (!key.matches(credential)) {
            throw refused("secret");
        }
        if (key.isExpired(clock.instant())) {
            throw refused("expired");
        }
        return new Identity(key.id(), tenant(key, tenantNamed), key.role());
    }

    /** A request whose credentials cannot even be read as a key. */
    BadCredentialsException unreadable() {
        return refused("unreadable");
    }

    private @Nullable TenantId tenant(ApiKey key, @Nullable String named) {
        if (named == null) {
            return key.tenant();
        }
        if (!TenantId.isValid(named)) {
            throw new ProblemException(
                    ProblemKind.MALFORMED, "The header Warren-Tenant is a tenant's name: " + TenantId.FORM);
        }
        TenantId tenant = new TenantId(named);
        if (key.tenant() != null && !tenant.equals(key.tenant())) {
            count("tenant");
            throw new ProblemException(FOREIGN_TENANT, "This key belongs to another tenant.");
        }
        return tenant;
    }

    private BadCredentialsException refused(String reason) {
        count(reason);
        return new BadCredentialsException("No valid API key");
    }

    private void count(String reason) {
        Counter.builder("warren.access.failures")
                .description("Requests refused for the key that they showed")
                .tag("reason", reason)
                .register(meters)
                .increment();
    }
}
