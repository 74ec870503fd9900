package io.warren.registry.credential;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.CredentialEvent;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A secret of a device: its hash, for the secret itself is known to the device only. */
@Entity
class Credential {

    static final String SECRET = "secret";

    @Id
    private UUID id;

    private String tenant;
    private String device;
    private String kind;
    private byte[] secretSha256;
    private byte @Nullable [] sealedTokenKey;
    private Instant createdAt;

    @SuppressWarnings("NullAway.Init")
    protected Credential() {}

    Credential(DeviceAddress address, SecretProof proof, Instant createdAt) {
        this.id = UUID.randomUUID();
        this.tenant = address.tenant().value();
        this.device = address.device().value();
        this.kind = SECRET;
        this.secretSha256 = proof.sha256();
        this.sealedTokenKey = proof.sealedTokenKey();
        this.createdAt = createdAt;
    }

    boolean isOf(SecretProof proof) {
        return Arrays.equals(secretSha256, proof.sha256());
    }

    /** Whether the device can sign tokens with it. */
    boolean signsTokens() {
        return sealedTokenKey != null;
    }

    UUID id() {
        return id;
    }

    String kind() {
        return kind;
    }

    Instant createdAt() {
        return createdAt;
    }

    CredentialEvent event(Instant at) {
        return new CredentialEvent(tenant, device, id.toString(), kind, at);
    }
}
