package io.warren.provisioning.revocation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.warren.provisioning.certificate.RevokedCertificates;
import io.warren.provisioning.certificate.RevokedCertificates.Revocation;
import io.warren.provisioning.certificate.RevokedCertificates.Standing;
import io.warren.provisioning.issuing.Authorities;
import io.warren.provisioning.issuing.Authority;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.Req;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Answers whether certificates are good (OCSP, RFC 6960), each answer signed by the authority that issued them. Answers without a nonce
 * are kept in memory until something is revoked.
 */
@Component
class OcspResponder {

    private static final DigestCalculatorProvider DIGESTS = new BcDigestCalculatorProvider();

    /** How long who has an answer may use it. */
    static final Duration GOOD = Duration.ofHours(1);

    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final int MOST_KEPT = 10_000;
    private static final int MOST_ASKED = 8;
    private static final int MOST_NONCE_BYTES = 128;

    /** Anybody may ask, and each answer takes a connection to the database that devices need. */
    private static final int MOST_SIGNED_AT_ONCE = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Authorities authorities;
    private final RevokedCertificates certificates;
    private final Clock clock;
    private final Cache<Question, byte[]> kept =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).expireAfterWrite(KEPT).build();
    private final AtomicLong generation = new AtomicLong();
    private final Semaphore signing = new Semaphore(MOST_SIGNED_AT_ONCE);

    OcspResponder(Authorities authorities, RevokedCertificates certificates, Clock clock) {
        this.authorities = authorities;
        this.certificates = certificates;
        this.clock = clock;
    }

    /**
     * What is asked in the form that most ask in: one certificate, no nonce.
     *
     * @param generation so that no answer from before is found that was being made when all were forgotten
     */
    private record Question(long generation, CertificateID certificate) {}

    /** The answer to a request, whatever it is. */
    byte[] answer(byte[] request) {
        OCSPReq read;
        Req[] asked;
        try {
            read = new OCSPReq(request);
            asked = read.getRequestList();
        } catch (IOException | RuntimeException e) {
            return failure(OCSPRespBuilder.MALFORMED_REQUEST);
        }
        Extension nonce = read.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
        if (asked.length == 0 || asked.length > MOST_ASKED || isTooLong(nonce)) {
            return failure(OCSPRespBuilder.MALFORMED_REQUEST);
        }
        Optional<Authority> authority = issuer(asked[0].getCertID());
        if (authority.isEmpty()) {
            return failure(OCSPRespBuilder.UNAUTHORIZED);
        }
        if (asked.length != 1 || nonce != null) {
            return inTurn(() -> sign(authority.get(), asked, nonce));
        }
        Question question = new Question(generation.get(), asked[0].getCertID());
        byte[] known = kept.getIfPresent(question);
        return known == null ? inTurn(() -> keep(question, sign(authority.get(), asked, null))) : known;
    }

    private byte[] keep(Question question, byte[] answer) {
        kept.put(question, answer);
        return answer;
    }

    private byte[] inTurn(Supplier<byte[]> signed) {
        if (!enter()) {
            return failure(OCSPRespBuilder.TRY_LATER);
        }
        try {
            return signed.get();
        } finally {
            signing.release();
        }
    }

    private boolean enter() {
        try {
            return signing.tryAcquire(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Has all answers made anew. */
    void forgetAll() {
        generation.incrementAndGet();
        kept.invalidateAll();
    }

    private byte[] sign(Authority authority, Req[] asked, @Nullable Extension nonce) {
        Instant now = clock.instant();
        Date until = Date.from(now.plus(GOOD));
        X509CertificateHolder own = authority.certificate();
        try {
            BasicOCSPRespBuilder answer = new BasicOCSPRespBuilder(
                    new RespID(own.getSubjectPublicKeyInfo(), DIGESTS.get(CertificateID.HASH_SHA1)));
            for (Req one : asked) {
                CertificateID certificate = one.getCertID();
                @Nullable
                CertificateStatus status = isOf(authority, certificate)
                        ? status(authority.id(), certificate.getSerialNumber())
                        : new UnknownStatus();
                answer.addResponse(certificate, status, Date.from(now), until);
            }
            if (nonce != null) {
                answer.setResponseExtensions(new Extensions(nonce));
            }
            OCSPResp response = new OCSPRespBuilder()
                    .build(OCSPRespBuilder.SUCCESSFUL, answer.build(authority.signer(), null, Date.from(now)));
            return response.getEncoded();
        } catch (OCSPException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Absent for a certificate that is good: the library has it so. */
    private @Nullable CertificateStatus status(String issuer, BigInteger serial) {
        Optional<Standing> standing = certificates.find(issuer, serial);
        if (standing.isEmpty()) {
            return new UnknownStatus();
        }
        Revocation revocation = standing.get().revocation();
        return revocation == null
                ? CertificateStatus.GOOD
                : new RevokedStatus(
                        Date.from(revocation.at()), revocation.reason().code());
    }

    private Optional<Authority> issuer(CertificateID certificate) {
        return authorities.all().stream()
                .filter(authority -> isOf(authority, certificate))
                .findFirst();
    }

    private static boolean isOf(Authority authority, CertificateID certificate) {
        try {
            return certificate.matchesIssuer(authority.certificate(), DIGESTS);
        } catch (OCSPException | RuntimeException e) {
            return false; // a digest that nobody knows
        }
    }

    private static boolean isTooLong(@Nullable Extension nonce) {
        return nonce != null
                && ASN1OctetString.getInstance(nonce.getExtnValue()).getOctets().length > MOST_NONCE_BYTES;
    }

    private static byte[] failure(int status) {
        try {
            return new OCSPRespBuilder().build(status, null).getEncoded();
        } catch (OCSPException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
