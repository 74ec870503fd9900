package io.warren.provisioning.est;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.util.CollectionStore;

/** Certificates in the form of a signed message that nobody has signed (RFC 5272, section 4.1). */
final class CertsOnly {

    /** Lines as a shell's tools read them: a carriage return is no part of base64 to those. */
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private CertsOnly() {}

    static String base64(List<X509CertificateHolder> certificates) {
        try {
            CMSSignedDataGenerator message = new CMSSignedDataGenerator();
            message.addCertificates(new CollectionStore<>(certificates));
            return lines(message.generate(new CMSAbsentContent()).getEncoded("DER"));
        } catch (CMSException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static String lines(byte[] bytes) {
        return LINES.encodeToString(bytes) + "\n";
    }
}
