package io.warren.provisioning.bootstrapmqtt;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.TenantId;
import io.warren.provisioning.attestation.Attested;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/**
 * Who was let in last to bootstrap under a device's name: the door that their proof leads through, and the claim token if it was one. A
 * later session takes an earlier one over, with its subscriptions and with the messages that wait in it, so an answer goes out only
 * while the last one let in is the one who asked.
 */
@Repository
class BootstrapSessions {

    /** In place of the hash of a claim token, where there is none. */
    private static final byte[] NO_TOKEN = {};

    private final BootstrapMqttProperties properties;
    private final JdbcClient jdbc;
    private final Clock clock;

    BootstrapSessions(BootstrapMqttProperties properties, JdbcClient jdbc, Clock clock) {
        this.properties = properties;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Notes who is about to be let in, unless their claim token is over or another device's, or the device has come another way
     * or with another claim token already and was not turned away there: an answer may be waiting for it. One statement, so that no such registration begins
     * between looking and noting.
     *
     * @return whether they may be let in
     */
    boolean open(TenantId tenant, Attested proven) {
        return jdbc.sql("""
                        INSERT INTO bootstrap_session (tenant, device, door, token_sha256, signed_in_at)
                        SELECT :tenant, :device, :door, :token, :now
                        WHERE NOT EXISTS (SELECT FROM enrollment
                                          WHERE token_sha256 = :token
                                            AND (revoked_at IS NOT NULL OR expires_at <= :now
                                                 OR device_id <> :device OR admitted_device <> :device))
                          AND NOT EXISTS (SELECT FROM enrollment
                                          WHERE tenant = :tenant AND admitted_device = :device
                                            AND token_sha256 <> :token)
                          AND NOT EXISTS (SELECT FROM registration
                                          WHERE tenant = :tenant AND registration_id = :device AND live
                                            AND (enrollment_id <> :door OR board <> CAST(:claim AS text))
                                            AND outcome <> 'REFUSED')
                        ON CONFLICT (tenant, device) DO UPDATE
                        SET door = excluded.door, token_sha256 = excluded.token_sha256,
                            signed_in_at = excluded.signed_in_at""")
                        .param("tenant", tenant.value())
                        .param("device", proven.device().value())
                        .param("door", proven.door().name())
                        .param("token", token(proven))
                        .param("claim", proven.enrollment() == null ? null : proven.board())
                        .param("now", Timestamp.from(clock.instant()))
                        .update()
                == 1;
    }

    /** Whether this one was the last to be let in under the device's name, and not too long ago. */
    boolean isOpenTo(DeviceAddress device, Attested proven) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT FROM bootstrap_session
                                       WHERE tenant = ? AND device = ? AND door = ? AND token_sha256 = ?
                                         AND signed_in_at > ?)""")
                .params(
                        device.tenant().value(),
                        device.device().value(),
                        proven.door().name(),
                        token(proven),
                        Timestamp.from(clock.instant().minus(properties.session())))
                .query(Boolean.class)
                .single();
    }

    /** Whether the last one that was let in under the device's name came through a door. */
    boolean isThrough(DeviceAddress device, String door) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM bootstrap_session WHERE tenant = ? AND device = ? AND door = ?)")
                .params(device.tenant().value(), device.device().value(), door)
                .query(Boolean.class)
                .single();
    }

    @Scheduled(fixedDelay = 3_600_000, initialDelay = 600_000)
    void prune() {
        jdbc.sql("DELETE FROM bootstrap_session WHERE signed_in_at <= ?")
                .param(Timestamp.from(clock.instant().minus(properties.session())))
                .update();
    }

    /** The hash by which its enrolment knows it. */
    private static byte[] token(Attested proven) {
        if (proven.shown().isEmpty()) {
            return NO_TOKEN;
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(proven.shown().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
