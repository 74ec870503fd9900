package io.warren.provisioning.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.warren.provisioning.ProvisioningTest;
import io.warren.provisioning.TestAuthorities;
import io.warren.testing.backing.Backed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@ProvisioningTest
@Backed
class ForeignListsTest {

    @TempDir
    static Path directory;

    @Autowired
    private ForeignLists lists;

    @Autowired
    private MeterRegistry meters;

    @DynamicPropertySource
    static void writeForTheBroker(DynamicPropertyRegistry properties) {
        properties.add("warren.issuing.crl-directory", () -> directory);
    }

    @Test
    void howLongTheListsOfOthersAreGoodYetIsMeasured() throws Exception {
        lists.look();
        assertThat(remaining()).isInfinite();
        Instant until = Instant.now().plus(Duration.ofDays(30));
        KeyPair root = TestAuthorities.key("secp256r1");
        Files.writeString(
                directory.resolve("89abcdef.r0"),
                TestAuthorities.pem(new X509v2CRLBuilder(new X500Name("CN=Root"), Date.from(Instant.now()))
                        .setNextUpdate(Date.from(until))
                        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(root.getPrivate()))));

        lists.look();
        assertThat(remaining()).isBetween(2_591_000.0, 2_592_000.0);

        Files.writeString(directory.resolve("89abcdef.r1"), "nothing");
        lists.look();
        assertThat(remaining()).isZero();
    }

    private double remaining() {
        return meters.get("warren.issuing.foreign.lists.remaining").gauge().value();
    }
}
