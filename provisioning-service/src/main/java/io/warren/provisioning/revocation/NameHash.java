package io.warren.provisioning.revocation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * The hash by which OpenSSL and Erlang find the files of an issuer, {@code openssl crl -hash}: the beginning of the SHA-1 of the name's
 * parts, their texts in UTF-8, in lower case and with single spaces. It protects nothing.
 */
final class NameHash {

    private NameHash() {}

    static String of(X500Name name) {
        ByteArrayOutputStream canonical = new ByteArrayOutputStream();
        try {
            for (RDN part : name.getRDNs()) {
                ASN1EncodableVector values = new ASN1EncodableVector();
                for (AttributeTypeAndValue value : part.getTypesAndValues()) {
                    values.add(new DERSequence(new ASN1Encodable[] {value.getType(), canonical(value.getValue())}));
                }
                canonical.write(new DERSet(values).getEncoded(ASN1Encoding.DER));
            }
            byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(canonical.toByteArray());
            return String.format(Locale.ROOT, "%02x%02x%02x%02x", sha1[3], sha1[2], sha1[1], sha1[0]);
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ASN1Encodable canonical(ASN1Encodable value) {
        if (!(value instanceof ASN1String text)) {
            return value;
        }
        String spaced = text.getString().strip().replaceAll("[ \\t\\n\\x0B\\f\\r]+", " ");
        StringBuilder lower = new StringBuilder(spaced.length());
        // of ASCII only, as OpenSSL does
        spaced.chars().forEach(c -> lower.append((char) (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c)));
        return new DERUTF8String(lower.toString());
    }
}
