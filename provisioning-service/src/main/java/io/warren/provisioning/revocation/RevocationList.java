package io.warren.provisioning.revocation;

import io.warren.provisioning.certificate.RevokedCertificates.Revocation;
import io.warren.provisioning.issuing.Authority;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.ContentSigner;

/**
 * Which certificates of an authority are revoked (RFC 5280, section 5), signed by it.
 *
 * @param encoded its encoding (DER)
 * @param issuedAt when it was made, from which its number is taken: of two, the later is never the smaller
 * @param expiresAt when there will have been another one for long
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity only
record RevocationList(byte[] encoded, Instant issuedAt, Instant expiresAt) {

    /** Signs a list. */
    static RevocationList of(Authority authority, List<Revocation> revocations, Instant now, Instant until) {
        return of(authority.subject(), authority.keyIdentifier(), authority.signer(), revocations, now, until);
    }

    static RevocationList of(
            X500Name issuer,
            AuthorityKeyIdentifier key,
            ContentSigner signer,
            List<Revocation> revocations,
            Instant now,
            Instant until) {
        X509v2CRLBuilder list = new X509v2CRLBuilder(issuer, Date.from(now));
        list.setNextUpdate(Date.from(until));
        for (Revocation revocation : revocations) {
            list.addCRLEntry(
                    revocation.serial(),
                    Date.from(revocation.at()),
                    revocation.reason().code());
        }
        try {
            list.addExtension(Extension.authorityKeyIdentifier, false, key);
            list.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(now.toEpochMilli())));
            return new RevocationList(list.build(signer).getEncoded(), now, until);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
