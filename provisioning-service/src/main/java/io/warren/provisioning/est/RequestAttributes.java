package io.warren.provisioning.est;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * What a request for a certificate should have: a key on the curve P-256 and a signature with it (RFC 7030, section 4.5.2). Who the
 * device is it need not say: that follows from how it came.
 */
final class RequestAttributes {

    private RequestAttributes() {}

    static String base64() {
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(new Attribute(X9ObjectIdentifiers.id_ecPublicKey, new DERSet(SECObjectIdentifiers.secp256r1)));
        attributes.add(X9ObjectIdentifiers.ecdsa_with_SHA256);
        try {
            return CertsOnly.lines(new DERSequence(attributes).getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
