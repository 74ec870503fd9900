package io.warren.registry.wakedelivery;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.WakeUpText;
import io.warren.registry.credential.SecretProof;
import io.warren.registry.credential.TokenKeys;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Signs the texts that wake devices, with keys that come from their secrets. */
@Component
class WakeUpTexts {

    private final JdbcClient jdbc;
    private final TokenKeys keys;

    WakeUpTexts(JdbcClient jdbc, TokenKeys keys) {
        this.jdbc = jdbc;
        this.keys = keys;
    }

    /** A text that a device believes; empty if none of its secrets can sign. */
    Optional<WakeUpText> of(DeviceAddress device, Instant time, String nonce) {
        List<byte[]> signing = jdbc
                .sql("""
                        SELECT secret_sha256, sealed_token_key FROM credential
                        WHERE tenant = ? AND device = ? AND sealed_token_key IS NOT NULL
                        ORDER BY created_at, id LIMIT 2""")
                .params(device.tenant().value(), device.device().value())
                .query((row, _) -> new SecretProof(row.getBytes("secret_sha256"), row.getBytes("sealed_token_key")))
                .list()
                .stream()
                .map(proof -> keys.open(device, proof))
                .flatMap(Optional::stream)
                .map(WakeUpText::key)
                .toList();
        return signing.isEmpty()
                ? Optional.empty()
                : Optional.of(WakeUpText.sign(device, time.getEpochSecond(), nonce, signing));
    }
}
