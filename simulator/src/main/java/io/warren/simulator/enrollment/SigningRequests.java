package io.warren.simulator.enrollment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Makes what a device makes that wants a certificate: a key pair (P-256) and a request signed with it (PKCS#10, RFC 2986). */
public final class SigningRequests {

    private final KeyPairGenerator keys;

    public SigningRequests() {
        try {
            keys = KeyPairGenerator.getInstance("EC");
            keys.initialize(new ECGenParameterSpec("secp256r1"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has P-256", e);
        }
    }

    /** A request of a device with a new key, PEM. */
    public String next(String deviceId) {
        KeyPair pair = keys.generateKeyPair();
        try {
            byte[] der = new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=" + deviceId), pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
                    .getEncoded();
            return "-----BEGIN CERTIFICATE REQUEST-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                    + "\n-----END CERTIFICATE REQUEST-----\n";
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("Every Java runtime signs with P-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
