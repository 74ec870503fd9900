package io.warren.provisioning.certificate;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is to be said of certificates to whoever wants to know whether they are good. */
@Repository
public class RevokedCertificates {

    private final JdbcClient jdbc;

    RevokedCertificates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of an authority that are revoked and would be good otherwise. */
    public List<Revocation> of(String issuer, Instant now) {
        return jdbc.sql("""
                        SELECT serial, revoked_at, reason FROM certificate
                        WHERE issuer = ? AND revoked_at IS NOT NULL AND expires_at > ?
                        ORDER BY revoked_at, serial""")
                .params(issuer, Timestamp.from(now))
                .query((row, _) -> revocation(row))
                .list();
    }

    /** For each authority with revoked certificates something that changes when one is added or drops out. */
    public Map<String, String> marks(Instant now) {
        return jdbc
                .sql("""
                        SELECT issuer, count(*) || ' ' || max(revoked_at) AS mark FROM certificate
                        WHERE revoked_at IS NOT NULL AND expires_at > ?
                        GROUP BY issuer""")
                .param(Timestamp.from(now))
                .query((row, _) -> Map.entry(row.getString("issuer"), row.getString("mark")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** What is known of a certificate of an authority; empty if that has not issued it, or so long ago that it is forgotten. */
    public Optional<Standing> find(String issuer, BigInteger serial) {
        return jdbc.sql("SELECT serial, revoked_at, reason FROM certificate WHERE serial = ? AND issuer = ?")
                .params(serial.toString(16), issuer)
                .query((row, _) -> new Standing(row.getTimestamp("revoked_at") == null ? null : revocation(row)))
                .optional();
    }

    private static Revocation revocation(ResultSet row) throws SQLException {
        return new Revocation(
                new BigInteger(row.getString("serial"), 16),
                row.getTimestamp("revoked_at").toInstant(),
                RevocationReason.valueOf(row.getString("reason")));
    }

    /** A certificate that was revoked. */
    public record Revocation(BigInteger serial, Instant at, RevocationReason reason) {}

    /**
     * Whether a certificate is good.
     *
     * @param revocation absent if it is
     */
    public record Standing(@Nullable Revocation revocation) {}
}
