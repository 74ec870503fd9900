package io.warren.registry.credential;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.CredentialEvent;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a device proves itself with: the hash of a secret, for the secret itself is known to the device only, or of a certificate. */
@Entity
class Credential {

    static final String SECRET = "secret";
    static final String CERTIFICATE = "certificate";

    @Id
    private UUID id;

    private String tenant;
    private String device;
    private String kind;
    private byte @Nullable [] secretSha256;
    private byte @Nullable [] sealedTokenKey;
    private byte @Nullable [] certificateSha256;
    private @Nullable String serial;
    private @Nullable Instant expiresAt;
    private Instant createdAt;

    @SuppressWarnings("NullAway.Init")
    protected Credential() {}

    Credential(DeviceAddress address, Proof proof, Instant createdAt) {
        this.id = UUID.randomUUID();
        this.tenant = address.tenant().value();
        this.device = address.device().value();
        this.createdAt = createdAt;
        switch (proof) {
            case SecretProof secret -> {
                this.kind = SECRET;
                this.secretSha256 = secret.sha256();
                this.sealedTokenKey = secret.sealedTokenKey();
            }
            case DeviceCertificate certificate -> {
                this.kind = CERTIFICATE;
                this.certificateSha256 = certificate.sha256();
                this.serial = certificate.serial();
                this.expiresAt = certificate.expiresAt();
            }
        }
    }

    boolean isOf(Proof proof) {
        return switch (proof) {
            case SecretProof secret -> Arrays.equals(secretSha256, secret.sha256());
            case DeviceCertificate certificate -> isOfCertificate(certificate.sha256());
        };
    }

    boolean isOfCertificate(byte[] sha256) {
        return Arrays.equals(certificateSha256, sha256);
    }

    /** Whether it is a certificate whose time is over. */
    boolean hasExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    /** Whether the device can sign tokens with it. */
    boolean signsTokens() {
        return sealedTokenKey != null;
    }

    UUID id() {
        return id;
    }

    DeviceAddress address() {
        return DeviceAddress.of(tenant, device);
    }

    String kind() {
        return kind;
    }

    /** The number of a certificate, in hexadecimal digits. */
    @Nullable
    String serial() {
        return serial;
    }

    /** When a certificate ends. */
    @Nullable
    Instant expiresAt() {
        return expiresAt;
    }

    Instant createdAt() {
        return createdAt;
    }

    CredentialEvent event(@Nullable String reason, Instant at) {
        return new CredentialEvent(tenant, device, id.toString(), kind, serial, reason, at);
    }
}
