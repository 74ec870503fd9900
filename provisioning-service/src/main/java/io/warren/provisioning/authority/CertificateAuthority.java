package io.warren.provisioning.authority;

import io.warren.provisioning.x509.CertificateFacts;
import io.warren.provisioning.x509.TrustAnchors;
import io.warren.provisioning.x509.X509Certificates;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Version;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.OptimisticLock;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A customer's certificate authority. It is trusted once somebody has shown that its key is in the tenant's hands. */
@Entity
@SuppressWarnings("UnusedVariable") // some columns are read by queries only
class CertificateAuthority {

    /** How long a challenge can be met. */
    static final Duration CHALLENGE_LIFE = Duration.ofHours(1);

    @EmbeddedId
    private AuthorityKey key;

    @Version
    private long version;

    private byte[] certificate;

    private byte[] sha256;

    private String subject;

    @JdbcTypeCode(SqlTypes.JSON)
    private AuthorityRules rules;

    private Instant validFrom;

    private Instant validUntil;

    private @Nullable String challenge;

    private @Nullable Instant challengeExpiresAt;

    private @Nullable Instant verifiedAt;

    private Instant createdAt;

    // whoever reads an authority, changes it and puts it back need not know of a bundle that said the same
    @OptimisticLock(excluded = true)
    private @Nullable Instant bundleMadeAt;

    @SuppressWarnings("NullAway.Init")
    protected CertificateAuthority() {}

    CertificateAuthority(AuthorityKey key, AuthorityDescription description, Instant now) {
        this.key = key;
        this.version = 1;
        this.certificate = X509Certificates.der(description.certificate());
        this.sha256 = X509Certificates.sha256(description.certificate());
        this.subject = TrustAnchors.name(description.certificate().getSubjectX500Principal());
        this.rules = description.rules();
        this.validFrom = description.validFrom();
        this.validUntil = description.validUntil();
        this.createdAt = now;
    }

    /** Takes over a new description of the same certificate; false if it is of another one. */
    boolean describe(AuthorityDescription description) {
        if (!Arrays.equals(certificate, X509Certificates.der(description.certificate()))) {
            return false;
        }
        rules = description.rules();
        validFrom = description.validFrom();
        validUntil = description.validUntil();
        return true;
    }

    /** Asks for a proof: a certificate with this text for its common name. An earlier challenge is void. */
    Instant challenge(String text, Instant now) {
        challenge = text;
        challengeExpiresAt = now.plus(CHALLENGE_LIFE);
        return challengeExpiresAt;
    }

    /**
     * Looks at a proof. Since nobody could know the challenge before, a certificate in its name that this authority has issued was
     * issued now, whatever it says about its own validity. A challenge that was met is used up.
     */
    boolean isProvedBy(X509Certificate proof, Instant now) {
        if (challenge == null
                || challengeExpiresAt == null
                || !now.isBefore(challengeExpiresAt)
                || !CertificateFacts.commonNames(proof).equals(List.of(challenge))
                || !TrustAnchors.hasIssued(certificate(), proof)) {
            return false;
        }
        challenge = null;
        challengeExpiresAt = null;
        if (verifiedAt == null) {
            verifiedAt = now;
        }
        return true;
    }

    /** It is as a bundle says, and was verified where that was made. */
    void bringBy(Instant made, Instant verified) {
        bundleMadeAt = made;
        if (verifiedAt == null) {
            verifiedAt = verified;
        }
    }

    /** When the bundle was made that it was brought by last; absent if it was made here. */
    @Nullable
    Instant bundleMadeAt() {
        return bundleMadeAt;
    }

    /** What is said of it. */
    AuthorityDescription description() {
        return new AuthorityDescription(certificate(), rules, validFrom, validUntil);
    }

    /** Since when its key is known to be in the tenant's hands; absent if it is not. */
    @Nullable
    Instant verifiedAt() {
        return verifiedAt;
    }

    boolean isVerified() {
        return verifiedAt != null;
    }

    /** Whether it is trusted at a time, provided that it is verified. */
    boolean isInForce(Instant now) {
        return !now.isBefore(validFrom) && now.isBefore(validUntil);
    }

    X509Certificate certificate() {
        try {
            return X509Certificates.ofDer(certificate);
        } catch (CertificateException e) {
            throw new IllegalStateException("The certificate of authority " + key + " was readable once", e);
        }
    }

    String id() {
        return key.id();
    }

    AuthorityRules rules() {
        return rules;
    }

    long version() {
        return version;
    }

    AuthorityView view(Instant now) {
        return AuthorityView.of(
                key.id(),
                status(now),
                certificate(),
                rules,
                new AuthorityView.Window(validFrom, validUntil),
                createdAt,
                verifiedAt,
                version);
    }

    private AuthorityView.Status status(Instant now) {
        if (!now.isBefore(validUntil)) {
            return AuthorityView.Status.EXPIRED;
        }
        return isVerified() ? AuthorityView.Status.VERIFIED : AuthorityView.Status.UNVERIFIED;
    }
}
