package io.warren.registry.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.warren.contracts.device.DeviceAddress;
import io.warren.registry.credential.SecretProof;
import io.warren.registry.credential.TokenKeys;
import io.warren.registry.device.AccessChanged;
import io.warren.registry.signin.Login.KnownCertificate;
import io.warren.registry.signin.Login.KnownSecret;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * The logins of devices, from memory after the first look-up. What this replica changes it forgets after the commit; a look-up
 * that began before is waited for, so that none can leave behind what was true before.
 */
@Component
class Logins {

    private final Cache<DeviceAddress, Login> cache;
    private final TokenKeys tokenKeys;
    private final JdbcClient jdbc;

    Logins(SignInProperties properties, TokenKeys tokenKeys, JdbcClient jdbc) {
        this.cache = Caffeine.newBuilder()
                .maximumSize(properties.cacheSize())
                .expireAfterWrite(properties.cacheTime())
                .build();
        this.tokenKeys = tokenKeys;
        this.jdbc = jdbc;
    }

    Login of(DeviceAddress address) {
        return cache.get(address, this::load);
    }

    @TransactionalEventListener
    void forget(AccessChanged change) {
        forget(change.address());
    }

    void forget(DeviceAddress address) {
        cache.invalidate(address);
    }

    /** For when it is not known what changed. */
    void forgetAll() {
        cache.invalidateAll();
    }

    private Login load(DeviceAddress address) {
        List<KnownSecret> secrets = new ArrayList<>();
        List<KnownCertificate> certificates = new ArrayList<>();
        List<Login> logins = jdbc.sql("""
                        SELECT d.enabled, c.secret_sha256, c.sealed_token_key, c.certificate_sha256, c.expires_at,
                               EXISTS (SELECT FROM token_session s WHERE s.tenant = d.tenant AND s.device = d.id)
                               AS with_token
                        FROM device d LEFT JOIN credential c ON c.tenant = d.tenant AND c.device = d.id
                        WHERE d.tenant = ? AND d.id = ?""")
                .params(address.tenant().value(), address.device().value())
                .query((row, _) -> {
                    byte[] sha256 = row.getBytes("secret_sha256");
                    if (sha256 != null) {
                        secrets.add(secret(address, sha256, row.getBytes("sealed_token_key")));
                    }
                    byte[] certificate = row.getBytes("certificate_sha256");
                    if (certificate != null) {
                        certificates.add(new KnownCertificate(
                                certificate, row.getTimestamp("expires_at").toInstant()));
                    }
                    return new Login(row.getBoolean("enabled"), secrets, certificates, row.getBoolean("with_token"));
                })
                .list();
        return logins.isEmpty() ? Login.NONE : logins.getFirst();
    }

    private KnownSecret secret(DeviceAddress address, byte[] sha256, byte @Nullable [] sealedTokenKey) {
        return new KnownSecret(
                sha256,
                sealedTokenKey == null
                        ? null
                        : tokenKeys
                                .open(address, new SecretProof(sha256, sealedTokenKey))
                                .orElse(null));
    }
}
