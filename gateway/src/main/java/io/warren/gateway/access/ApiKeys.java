package io.warren.gateway.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** All API keys. A scope is a tenant, or the platform when it is null. */
interface ApiKeys extends Repository<ApiKey, String> {

    void save(ApiKey key);

    void delete(ApiKey key);

    Optional<ApiKey> findById(String id);

    @Query("FROM ApiKey WHERE id = :id AND tenant IS NOT DISTINCT FROM :tenant")
    Optional<ApiKey> findInScope(String id, @Nullable String tenant);

    /** The keys of a scope behind a place in the list, oldest first. */
    @Query("""
            FROM ApiKey WHERE tenant IS NOT DISTINCT FROM :tenant
            AND (createdAt > :createdAt OR createdAt = :createdAt AND id > :id)
            ORDER BY createdAt, id""")
    List<ApiKey> listInScope(@Nullable String tenant, Instant createdAt, String id, Limit limit);

    /** Two replicas may start at the same moment, hence one statement. */
    @Modifying
    @Query(nativeQuery = true, value = """
            INSERT INTO api_key (id, role, name, secret_hash, created_at, version)
            VALUES (:id, 'platform-admin', 'bootstrap', :secretHash, :now, 0)
            ON CONFLICT (id) DO UPDATE SET secret_hash = excluded.secret_hash, version = api_key.version + 1
            WHERE api_key.secret_hash <> excluded.secret_hash""")
    int ensureBootstrap(String id, byte[] secretHash, Instant now);

    @Modifying
    @Query("DELETE FROM ApiKey WHERE id = :id")
    int remove(String id);
}
