package io.warren.provisioning.certificate;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.TenantId;
import io.warren.contracts.provisioning.CertificateEvent;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jspecify.annotations.Nullable;

/** A certificate that a device was given. */
@Entity
class Certificate {

    @Id
    private String serial;

    @Version
    private @Nullable Long version;

    private String tenant;
    private String deviceId;
    private String issuer;
    /** Looked for only. */
    @SuppressWarnings("UnusedVariable")
    private byte[] keySha256;

    private byte[] encoded;
    private String door;
    private @Nullable UUID registrationId;
    private Instant issuedAt;
    private Instant expiresAt;

    /** Looked for only. */
    @SuppressWarnings("UnusedVariable")
    private Instant warnAt;

    /** Looked for only. */
    @SuppressWarnings("UnusedVariable")
    private @Nullable Instant warnedAt;

    private @Nullable Instant withheldAt;
    private @Nullable Instant admittedAt;
    private @Nullable Instant revokedAt;

    @Enumerated(EnumType.STRING)
    private @Nullable RevocationReason reason;

    @SuppressWarnings("NullAway.Init")
    protected Certificate() {}

    /**
     * @param keySha256 by which the key is recognised
     * @param door what the device came through
     * @param registration the attempt to register that it is for, if it is for one
     */
    Certificate(
            DeviceAddress device,
            String issuer,
            X509CertificateHolder certificate,
            byte[] keySha256,
            String door,
            @Nullable UUID registration,
            Instant now) {
        this.serial = certificate.getSerialNumber().toString(16);
        this.tenant = device.tenant().value();
        this.deviceId = device.device().value();
        this.issuer = issuer;
        this.keySha256 = keySha256;
        this.encoded = encoding(certificate);
        this.door = door;
        this.registrationId = registration;
        this.issuedAt = now;
        this.expiresAt = certificate.getNotAfter().toInstant();
        this.warnAt = expiresAt.minus(lifetime().dividedBy(6));
    }

    /** Takes it back; false if it was before. */
    boolean revoke(RevocationReason why, Instant now) {
        if (revokedAt != null) {
            return false;
        }
        revokedAt = now;
        reason = why;
        return true;
    }

    /** Notes that the device is given it after all. */
    void release() {
        withheldAt = null;
    }

    /** Whether the registry did not admit it, so that its device was not given it. */
    boolean isWithheld() {
        return withheldAt != null;
    }

    /** Whether the registry has admitted it once more at that time or later. */
    boolean wasAdmittedSince(Instant time) {
        return admittedAt != null && !admittedAt.isBefore(time);
    }

    /** Notes that it was looked at as it came to its end. */
    void watched(Instant now) {
        warnedAt = now;
    }

    /** Whether the device need not be given another one yet. */
    boolean isFresh(Instant now) {
        return revokedAt == null && now.isBefore(renewAfter());
    }

    boolean isGood(Instant now) {
        return revokedAt == null && now.isBefore(expiresAt);
    }

    boolean isOf(TenantId owner) {
        return tenant.equals(owner.value());
    }

    DeviceAddress device() {
        return DeviceAddress.of(tenant, deviceId);
    }

    String serial() {
        return serial;
    }

    String issuer() {
        return issuer;
    }

    Instant issuedAt() {
        return issuedAt;
    }

    X509CertificateHolder certificate() {
        try {
            return new X509CertificateHolder(encoded);
        } catch (IOException e) {
            throw new IllegalStateException("The certificate " + serial + " cannot be read", e);
        }
    }

    byte[] encoded() {
        return encoded.clone();
    }

    /** The certificate for its device, with the authorities behind it. */
    IssuedCertificate with(String pem, boolean repeated) {
        return new IssuedCertificate(pem, serial, sha256(), expiresAt, renewAfter(), repeated);
    }

    CertificateEvent event(Instant at) {
        return new CertificateEvent(
                tenant,
                deviceId,
                serial,
                sha256(),
                issuer,
                expiresAt,
                renewAfter(),
                reason == null ? null : reason.text(),
                at);
    }

    CertificateView view(Instant now) {
        return new CertificateView(
                serial,
                deviceId,
                status(now),
                sha256(),
                issuer,
                door,
                registrationId,
                issuedAt,
                expiresAt,
                renewAfter(),
                revokedAt,
                reason);
    }

    private CertificateView.Status status(Instant now) {
        if (revokedAt != null) {
            return CertificateView.Status.REVOKED;
        }
        return now.isBefore(expiresAt) ? CertificateView.Status.ACTIVE : CertificateView.Status.EXPIRED;
    }

    /**
     * At two thirds of its life: a third is left for whatever keeps the device from it. A little before, each by its own number, or a
     * fleet that got in together would come together.
     */
    private Instant renewAfter() {
        long chance = new BigInteger(serial, 16).intValue() & 0xFFFF;
        Duration earlier = lifetime().dividedBy(20).multipliedBy(chance).dividedBy(0x1_0000);
        return expiresAt.minus(lifetime().dividedBy(3)).minus(earlier);
    }

    private Duration lifetime() {
        return Duration.between(issuedAt, expiresAt);
    }

    private String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encoding(X509CertificateHolder certificate) {
        try {
            return certificate.getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
