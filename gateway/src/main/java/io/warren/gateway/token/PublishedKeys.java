package io.warren.gateway.token;

import java.time.Instant;
import java.util.List;
import org.springframework.data.repository.Repository;

/** The public keys of all replicas. */
interface PublishedKeys extends Repository<PublishedKey, String> {

    void save(PublishedKey key);

    List<PublishedKey> findByExpiresAtAfter(Instant now);

    void deleteByExpiresAtBefore(Instant now);
}
