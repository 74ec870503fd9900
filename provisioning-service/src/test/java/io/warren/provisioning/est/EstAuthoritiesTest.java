package io.warren.provisioning.est;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.provisioning.ProvisioningTest;
import io.warren.provisioning.TestAuthorities;
import io.warren.testing.backing.Backed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@ProvisioningTest
@Backed
class EstAuthoritiesTest {

    @TempDir
    static Path issuing;

    @Autowired
    private EstAuthorities authorities;

    @DynamicPropertySource
    static void issueBelowAnIntermediate(DynamicPropertyRegistry properties) throws IOException {
        TestAuthorities root = new TestAuthorities();
        root.issuerBelowAnother(issuing, "one", Instant.now().minusSeconds(60), Duration.ofDays(365));
        Files.writeString(issuing.resolve("ca.pem"), root.root());
        properties.add("warren.issuing.directory", () -> issuing);
        properties.add("warren.issuing.passphrases", () -> TestAuthorities.PASSPHRASE);
        properties.add("warren.issuing.ca-file", () -> issuing.resolve("ca.pem"));
    }

    @Test
    void aDeviceIsToldOfAllBetweenItsCertificateAndTheRoot() {
        assertThat(authorities.all())
                .extracting(certificate -> certificate.getSubject().toString())
                .containsExactlyInAnyOrder("CN=one", "CN=Middle", "CN=Root");
    }
}
