package io.warren.provisioning.issuing;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.DeviceAddress;
import io.warren.provisioning.OpenSsl;
import io.warren.provisioning.ProvisioningTest;
import io.warren.provisioning.TestAuthorities;
import io.warren.provisioning.certificate.CertificateIssue;
import io.warren.provisioning.certificate.Certificates;
import io.warren.provisioning.certificate.IssuedCertificate;
import io.warren.provisioning.certificate.RevocationReason;
import io.warren.testing.backing.Backed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** One authority takes another's place, and one root another's, while certificates of both are good. */
@ProvisioningTest
@Backed
class RotationTest {

    private static final Duration YEAR = Duration.ofDays(365);
    private static final TestAuthorities OLD_ROOT = new TestAuthorities();
    private static final TestAuthorities NEW_ROOT = new TestAuthorities();

    @TempDir
    static Path issuing;

    @TempDir
    Path directory;

    @Autowired
    private Authorities authorities;

    @Autowired
    private CertificateIssue issue;

    @Autowired
    private Certificates certificates;

    @LocalServerPort
    private int port;

    private final DeviceAddress device = DeviceAddress.of("acme", "pump-17");

    @DynamicPropertySource
    static void useAuthoritiesOfItsOwn(DynamicPropertyRegistry properties) throws IOException {
        Files.writeString(issuing.resolve("ca.pem"), OLD_ROOT.root() + NEW_ROOT.root());
        properties.add("warren.issuing.ca-file", () -> issuing.resolve("ca.pem"));
        OLD_ROOT.issuer(
                issuing, "old", TestAuthorities.PASSPHRASE, Instant.now().minus(YEAR), YEAR.multipliedBy(2));
        properties.add("warren.issuing.directory", () -> issuing);
        properties.add("warren.issuing.passphrases", () -> TestAuthorities.PASSPHRASE + "\nthe next one");
    }

    @Test
    void certificatesOfBothAreGoodAndEachSaysWhichOfItsOwnAreRevoked() throws Exception {
        String oldIssuer = authorities.issuing().id();
        IssuedCertificate before = issue("before");
        NEW_ROOT.issuer(issuing, "new", "the next one", Instant.now().minusSeconds(60), YEAR.multipliedBy(2));
        authorities.read();
        String newIssuer = authorities.issuing().id();
        IssuedCertificate after = issue("after");

        assertThat(newIssuer).isNotEqualTo(oldIssuer);
        Files.writeString(directory.resolve("ca.pem"), OLD_ROOT.root() + NEW_ROOT.root());
        for (String name : new String[] {"before", "after"}) {
            assertThat(openssl("verify", "-CAfile", "ca.pem", "-untrusted", name + ".pem", name + ".pem"))
                    .isEqualTo(name + ".pem: OK\n");
        }

        certificates.revoke(device, before.serial(), Instant.now(), RevocationReason.SUPERSEDED);
        certificates.revoke(device, after.serial(), Instant.now(), RevocationReason.SUPERSEDED);

        assertThat(list(oldIssuer)).containsIgnoringCase(before.serial()).doesNotContainIgnoringCase(after.serial());
        assertThat(list(newIssuer)).containsIgnoringCase(after.serial()).doesNotContainIgnoringCase(before.serial());
    }

    private IssuedCertificate issue(String name) throws Exception {
        IssuedCertificate issued = issue.issue(
                device, CertificateRequest.parse(TestAuthorities.request(TestAuthorities.key("Ed25519"))), "api", null);
        Files.writeString(directory.resolve(name + ".pem"), issued.pem());
        return issued;
    }

    private String list(String issuer) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI address = URI.create("http://127.0.0.1:" + port + "/pki/v1/" + issuer + ".crl");
            Files.write(
                    directory.resolve("list.crl"),
                    http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray())
                            .body());
        }
        return openssl("crl", "-inform", "DER", "-in", "list.crl", "-noout", "-text");
    }

    private String openssl(String... arguments) {
        return new OpenSsl(directory).run(arguments).output();
    }
}
