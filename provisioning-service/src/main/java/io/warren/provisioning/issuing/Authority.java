package io.warren.provisioning.issuing;

import java.io.IOException;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that signs devices' certificates, and what says that some of them are revoked. Its key does not leave it. */
public final class Authority {

    private final String id;
    private final List<X509CertificateHolder> chain;
    private final PrivateKey key;
    private final String signatureAlgorithm;

    /**
     * @param id the same for as long as its key is
     * @param chain its own certificate and those between it and the root
     */
    Authority(String id, List<X509CertificateHolder> chain, PrivateKey key, String signatureAlgorithm) {
        this.id = id;
        this.chain = chain;
        this.key = key;
        this.signatureAlgorithm = signatureAlgorithm;
    }

    /** Its name in addresses and events: 16 hexadecimal digits of its key's SHA-256. */
    public String id() {
        return id;
    }

    /** Its own certificate. */
    public X509CertificateHolder certificate() {
        return chain.getFirst();
    }

    /** Its own certificate and those between it and the root, without the root. */
    public List<X509CertificateHolder> chain() {
        return chain;
    }

    /** Its own certificate in PEM. */
    public String pem() {
        return Pem.of(certificate());
    }

    /** Its name in the certificates that it issues. */
    public X500Name subject() {
        return certificate().getSubject();
    }

    /** How what it signs names its key. */
    public AuthorityKeyIdentifier keyIdentifier() {
        return new BcX509ExtensionUtils().createAuthorityKeyIdentifier(certificate());
    }

    /** When it ends. */
    public Instant expiresAt() {
        return certificate().getNotAfter().toInstant();
    }

    Instant startsAt() {
        return certificate().getNotBefore().toInstant();
    }

    boolean isGoodAt(Instant time) {
        return !time.isBefore(startsAt()) && time.isBefore(expiresAt());
    }

    /** Signs one thing. */
    public ContentSigner signer() {
        try {
            return new JcaContentSignerBuilder(signatureAlgorithm).build(key);
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The certificate of a device with what is needed to see that this authority is trusted, in PEM. */
    public String chainOf(X509CertificateHolder device) {
        StringBuilder text = new StringBuilder(Pem.of(device));
        for (X509CertificateHolder authority : chain) {
            text.append(Pem.of(authority));
        }
        return text.toString();
    }

    /** Its certificate's encoding (DER). */
    public byte[] encoded() {
        try {
            return certificate().getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "Authority[" + id + ", " + subject() + ", until " + expiresAt() + "]";
    }
}
