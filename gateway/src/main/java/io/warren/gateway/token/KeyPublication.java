package io.warren.gateway.token;

import com.nimbusds.jose.jwk.ECKey;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes public keys known to the services, whichever replica they ask. */
@Component
class KeyPublication {

    private final PublishedKeys keys;
    private final Clock clock;

    KeyPublication(PublishedKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** Publishes a key until a time, and forgets those whose time has passed. */
    @Transactional
    public void publish(ECKey key, Instant until) {
        keys.deleteByExpiresAtBefore(clock.instant());
        keys.save(new PublishedKey(key.getKeyID(), key.toPublicJWK().toJSONString(), until));
    }

    /** Every key that a valid token may be signed with, as JSON Web Keys. */
    @Transactional(readOnly = true)
    public List<String> published() {
        return keys.findByExpiresAtAfter(clock.instant()).stream()
                .map(PublishedKey::jwk)
                .toList();
    }
}
