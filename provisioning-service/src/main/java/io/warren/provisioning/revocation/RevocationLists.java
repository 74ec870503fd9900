package io.warren.provisioning.revocation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.warren.provisioning.certificate.RevokedCertificates;
import io.warren.provisioning.issuing.Authorities;
import io.warren.provisioning.issuing.Authority;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The revocation lists, one of each authority, in memory: whoever asks costs no signature and no question to the database. A list is
 * made again when it is forgotten, because something was revoked, and in any case each hour.
 */
@Component
class RevocationLists {

    /** Who has a list may use it for as long, so this is how long revocations hold at the broker while this service is away. */
    private static final Duration GOOD = Duration.ofDays(7);

    private static final Duration RENEWED = Duration.ofHours(1);
    private static final int MOST = 64;

    private final Authorities authorities;
    private final RevokedCertificates revoked;
    private final Clock clock;
    private final Cache<String, RevocationList> lists =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(RENEWED).build();

    RevocationLists(Authorities authorities, RevokedCertificates revoked, Clock clock) {
        this.authorities = authorities;
        this.revoked = revoked;
        this.clock = clock;
    }

    /** The list of an authority; empty if there is none of that id. */
    Optional<RevocationList> of(String authority) {
        return authorities.find(authority).map(this::of);
    }

    RevocationList of(Authority authority) {
        return lists.get(authority.id(), _ -> {
            Instant now =
                    clock.instant(); // before the question, or what is revoked meanwhile would have a smaller number
            return RevocationList.of(authority, revoked.of(authority.id(), now), now, now.plus(GOOD));
        });
    }

    /** Has the list of an authority made anew; one that is being made is waited for. */
    void forget(String authority) {
        lists.invalidate(authority);
    }
}
