package io.warren.provisioning.authority;

import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** All customers' certificate authorities. */
@Repository
@Transactional(readOnly = true)
class CertificateAuthorities {

    private static final ProblemKind NOT_FOUND =
            new ProblemKind("certificate-authority-not-found", HttpStatus.NOT_FOUND, "No such certificate authority");

    private final EntityManager entities;
    private final JdbcClient jdbc;

    CertificateAuthorities(EntityManager entities, JdbcClient jdbc) {
        this.entities = entities;
        this.jdbc = jdbc;
    }

    CertificateAuthority get(TenantId tenant, String id) {
        return find(tenant, id).orElseThrow(CertificateAuthorities::notFound);
    }

    Optional<CertificateAuthority> find(TenantId tenant, String id) {
        return Optional.ofNullable(entities.find(CertificateAuthority.class, AuthorityKey.of(tenant, id)));
    }

    Optional<CertificateAuthority> lock(TenantId tenant, String id) {
        return Optional.ofNullable(
                entities.find(CertificateAuthority.class, AuthorityKey.of(tenant, id), LockModeType.PESSIMISTIC_WRITE));
    }

    /** The tenant's authorities of any of these names, the newest first. */
    List<CertificateAuthority> named(TenantId tenant, Collection<String> subjects) {
        return entities.createQuery("""
                        SELECT a FROM CertificateAuthority a WHERE a.key.tenant = :tenant AND a.subject IN :subjects
                        ORDER BY a.createdAt DESC, a.key.id""", CertificateAuthority.class)
                .setParameter("tenant", tenant.value())
                .setParameter("subjects", subjects)
                .getResultList();
    }

    List<CertificateAuthority> after(TenantId tenant, String id, int limit) {
        return entities.createQuery(
                        "SELECT a FROM CertificateAuthority a WHERE a.key.tenant = :tenant AND a.key.id > :id ORDER BY a.key.id",
                        CertificateAuthority.class)
                .setParameter("tenant", tenant.value())
                .setParameter("id", id)
                .setMaxResults(limit)
                .getResultList();
    }

    /** Keeps others from making authorities of a tenant until the transaction ends, so that they can be counted. */
    void reserve(TenantId tenant) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(?, 41))")
                .param(tenant.value())
                .query((_, _) -> true)
                .single();
    }

    long count(TenantId tenant) {
        return jdbc.sql("SELECT count(*) FROM certificate_authority WHERE tenant = ?")
                .param(tenant.value())
                .query(Long.class)
                .single();
    }

    void add(CertificateAuthority authority) {
        entities.persist(authority);
        entities.flush();
    }

    void remove(CertificateAuthority authority) {
        entities.remove(authority);
    }

    /** Writes what has changed, so that versions are the new ones. */
    void flush() {
        entities.flush();
    }

    static ProblemException notFound() {
        return new ProblemException(NOT_FOUND, "This tenant has no such certificate authority.");
    }
}
