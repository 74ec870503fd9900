package io.warren.provisioning.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameHashTest {

    /** As {@code openssl x509 -subject_hash} says. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "O=Warren,CN=Issuing 1 | ba82fb8d",
                "O=Warren,CN=Issuing   ÄB  1 | dc9c67e2",
                "C=FR,ST=Rhone,O=ACME\\, Inc.,OU=IoT,CN=issuing | ce8cd290"
            })
    void itIsTheOneThatOpensslLooksFor(String name, String hash) {
        assertThat(NameHash.of(new X500Name(name))).isEqualTo(hash);
    }
}
