package io.warren.gateway.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * The keys in use, from memory. What changes here is forgotten at once, what another replica changes after
 * {@link AccessProperties#cacheTtl()}. Ids that do not exist are remembered too, so that guessing does not reach the database
 * twice.
 */
@Component
class KeyDirectory {

    private final ApiKeys keys;
    private final Cache<String, Optional<ApiKey>> recent;

    KeyDirectory(ApiKeys keys, AccessProperties properties) {
        this.keys = keys;
        this.recent = Caffeine.newBuilder()
                .maximumSize(properties.cacheSize())
                .expireAfterWrite(properties.cacheTtl())
                .build();
    }

    Optional<ApiKey> find(String id) {
        return recent.get(id, keys::findById);
    }

    /** Waits for a look-up under way and drops its result as well: it may have read what was there before. */
    @TransactionalEventListener
    void forget(KeyChanged changed) {
        recent.invalidate(changed.id());
    }

    /** A key that was rotated or revoked. */
    record KeyChanged(String id) {}
}
