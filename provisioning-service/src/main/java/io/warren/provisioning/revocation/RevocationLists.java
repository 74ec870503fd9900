package io.warren.provisioning.revocation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.warren.provisioning.certificate.RevokedCertificates;
import io.warren.provisioning.issuing.Authorities;
import io.warren.provisioning.issuing.Authority;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * The revocation lists, one of each authority, in memory: whoever asks costs no signature and no question to the database. A list is
 * made again when something was revoked, but not twice within a second, however much is revoked; and in any case each hour.
 */
@Component
class RevocationLists {

    /** Who has a list may use it for as long, so this is how long revocations hold at the broker while this service is away. */
    private static final Duration GOOD = Duration.ofDays(7);

    private static final Duration RENEWED = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MOST = 64;

    private final Authorities authorities;
    private final RevokedCertificates revoked;
    private final Clock clock;
    private final Cache<String, RevocationList> lists =
            Caffeine.newBuilder().maximumSize(MOST).build();
    private final Set<String> outdated = ConcurrentHashMap.newKeySet();

    RevocationLists(Authorities authorities, RevokedCertificates revoked, Clock clock) {
        this.authorities = authorities;
        this.revoked = revoked;
        this.clock = clock;
    }

    /** The list of an authority; empty if there is none of that id. */
    Optional<RevocationList> of(String authority) {
        return authorities.find(authority).map(this::of);
    }

    /** One that is being made is waited for. */
    RevocationList of(Authority authority) {
        return Objects.requireNonNull(lists.asMap()
                .compute(authority.id(), (id, made) -> made == null || isDue(id, made) ? make(authority) : made));
    }

    /** Has the list of an authority made anew. */
    void forget(String authority) {
        outdated.add(authority);
    }

    private boolean isDue(String authority, RevocationList made) {
        Duration age = Duration.between(made.issuedAt(), clock.instant());
        return age.compareTo(outdated.contains(authority) ? PAUSE : RENEWED) >= 0;
    }

    private RevocationList make(Authority authority) {
        // both before the question: what is revoked meanwhile has the list made once more, and that has a greater
        // number
        outdated.remove(authority.id());
        Instant now = clock.instant();
        try {
            return RevocationList.of(authority, revoked.of(authority.id(), now), now, now.plus(GOOD));
        } catch (RuntimeException e) {
            outdated.add(authority.id()); // nobody says it again
            throw e;
        }
    }
}
