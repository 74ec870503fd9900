package io.warren.gateway.access;

import io.warren.gateway.access.KeyDirectory.KeyChanged;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.platform.security.Role;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Making and ending keys. A caller sees and touches the keys of one scope only, the tenant that the call is about or else the
 * platform, and none with a role above the caller's own.
 */
@Component
class KeyAdministration {

    private static final ProblemKind NOT_FOUND =
            new ProblemKind("api-key-not-found", HttpStatus.NOT_FOUND, "No such API key");
    private static final ProblemKind ROLE_ABOVE_OWN =
            new ProblemKind("role-above-own", HttpStatus.FORBIDDEN, "More than the caller may");
    private static final ProblemKind CONFIGURED =
            new ProblemKind("api-key-configured", HttpStatus.CONFLICT, "Set by the installation");

    private final ApiKeys keys;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    KeyAdministration(ApiKeys keys, ApplicationEventPublisher events, Clock clock) {
        this.keys = keys;
        this.events = events;
        this.clock = clock;
    }

    /** Makes a key; the secret is in the answer and nowhere else. */
    @Transactional
    public IssuedKey create(Identity caller, String name, Role role, @Nullable Instant expiresAt) {
        requireNoMoreThanOwn(caller, role);
        if (!role.isForKeys() || (role == Role.PLATFORM_ADMIN && caller.tenant() != null)) {
            throw invalid("role", "not a role that a key of a tenant can have");
        }
        // what is kept is what is answered: the database has microseconds
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw invalid("expiresAt", "must be in the future");
        }
        Credential credential = Credential.generate();
        ApiKey key = new ApiKey(credential, caller.tenant(), role, name, now, expiresAt);
        keys.save(key);
        // a guess may have taught the directory that there is no such key
        events.publishEvent(new KeyChanged(key.id()));
        return new IssuedKey(key, credential);
    }

    /** Gives a key another secret. */
    @Transactional
    public IssuedKey rotate(Identity caller, String id) {
        ApiKey key = changeable(caller, id);
        Credential renewed = Credential.renew(id);
        key.rotate(renewed);
        events.publishEvent(new KeyChanged(id));
        return new IssuedKey(key, renewed);
    }

    /** Ends a key. */
    @Transactional
    public void revoke(Identity caller, String id) {
        keys.delete(changeable(caller, id));
        events.publishEvent(new KeyChanged(id));
    }

    @Transactional(readOnly = true)
    public ApiKey get(Identity caller, String id) {
        return keys.findInScope(id, scope(caller)).orElseThrow(KeyAdministration::notFound);
    }

    /** The keys behind a place in the list, oldest first. */
    @Transactional(readOnly = true)
    public List<ApiKey> list(Identity caller, Instant afterCreatedAt, String afterId, int limit) {
        return keys.listInScope(scope(caller), afterCreatedAt, afterId, Limit.of(limit));
    }

    private ApiKey changeable(Identity caller, String id) {
        ApiKey key = get(caller, id);
        requireNoMoreThanOwn(caller, key.role());
        if (key.isBootstrap()) {
            throw new ProblemException(
                    CONFIGURED, "This key is set in the gateway's configuration, and changed or taken away there.");
        }
        return key;
    }

    private static @Nullable String scope(Identity caller) {
        return caller.tenant() == null ? null : caller.tenant().value();
    }

    private static void requireNoMoreThanOwn(Identity caller, Role role) {
        if (role.isForKeys() && !caller.role().includes(role)) {
            throw new ProblemException(
                    ROLE_ABOVE_OWN, "Your own role is " + caller.role().wireName() + ".");
        }
    }

    private static ProblemException notFound() {
        return new ProblemException(NOT_FOUND, "There is no such API key, or it is not yours to see.");
    }

    private static ProblemException invalid(String field, String why) {
        return new ProblemException(
                ProblemKind.INVALID,
                "Some fields are not allowed to be as they are.",
                List.of(new Violation("/" + field, why)));
    }

    /**
     * A key that was just made or rotated.
     *
     * @param key what is kept of it
     * @param credential what its holder gets, this once
     */
    record IssuedKey(ApiKey key, Credential credential) {}
}
