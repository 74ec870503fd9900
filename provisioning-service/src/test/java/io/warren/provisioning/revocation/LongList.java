package io.warren.provisioning.revocation;

import io.warren.provisioning.TestAuthorities;
import io.warren.provisioning.certificate.RevocationReason;
import io.warren.provisioning.certificate.RevokedCertificates.Revocation;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes a list of 20,000 revocations in a heap of its own. */
final class LongList {

    private static final int REVOCATIONS = 20_000;

    private LongList() {}

    public static void main(String[] arguments) throws OperatorCreationException {
        SecureRandom random = new SecureRandom();
        List<Revocation> revocations = new ArrayList<>();
        for (int i = 0; i < REVOCATIONS; i++) {
            revocations.add(new Revocation(
                    new BigInteger(127, random).setBit(126), Instant.now(), RevocationReason.SUPERSEDED));
        }
        RevocationList list = RevocationList.of(
                new X500Name("CN=Devices"),
                new AuthorityKeyIdentifier(new byte[20]),
                new JcaContentSignerBuilder("SHA256withECDSA")
                        .build(TestAuthorities.key("secp256r1").getPrivate()),
                revocations,
                Instant.now(),
                Instant.now());
        System.out.println(list.encoded().length);
    }
}
