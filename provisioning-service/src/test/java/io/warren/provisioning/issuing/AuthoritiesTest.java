package io.warren.provisioning.issuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.warren.platform.problem.ProblemException;
import io.warren.provisioning.TestAuthorities;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthoritiesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration YEAR = Duration.ofDays(365);

    private final TestAuthorities root = new TestAuthorities();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @TempDir
    Path directory;

    @BeforeEach
    void trustTheRoot() throws IOException {
        Files.writeString(directory.resolve("ca.pem"), root.root());
    }

    @Test
    void theOneThatBecameGoodLastIssuesAndAllThatHaveNotEndedAreKnown() {
        root.issuer(directory, "over", TestAuthorities.PASSPHRASE, NOW.minus(YEAR), YEAR.minusSeconds(1));
        root.issuer(directory, "old", TestAuthorities.PASSPHRASE, NOW.minus(YEAR), YEAR.multipliedBy(2));
        root.issuer(directory, "new", TestAuthorities.PASSPHRASE, NOW.minusSeconds(60), YEAR);
        root.issuer(directory, "next", TestAuthorities.PASSPHRASE, NOW.plusSeconds(60), YEAR);

        Authorities authorities = authorities(TestAuthorities.PASSPHRASE);

        assertThat(authorities.issuing().subject()).hasToString("CN=new");
        assertThat(authorities.all())
                .extracting(authority -> authority.subject().toString())
                .containsExactlyInAnyOrder("CN=old", "CN=new", "CN=next");
        assertThat(authorities.find(authorities.issuing().id())).contains(authorities.issuing());
    }

    @Test
    void aNewPairIsFoundWhileTheServiceRuns() {
        root.issuer(directory, "old", TestAuthorities.PASSPHRASE, NOW.minus(YEAR), YEAR.multipliedBy(2));
        Authorities authorities = authorities(TestAuthorities.PASSPHRASE);
        String old = authorities.issuing().id();

        root.issuer(directory, "new", TestAuthorities.PASSPHRASE, NOW.minusSeconds(60), YEAR);
        authorities.read();

        assertThat(authorities.issuing().subject()).hasToString("CN=new");
        assertThat(authorities.find(old)).isPresent();
    }

    @Test
    void aKeyThatWasEncryptedUnderAnotherPassphraseIsOpenedWithEither() throws IOException {
        root.issuer(directory, "one", "the old one", NOW.minusSeconds(60), YEAR);

        assertThat(authorities("the new one\nthe old one\n").all()).hasSize(1);
        assertThat(authorities("the new one\n").all()).isEmpty();
    }

    @Test
    void aPairThatIsWrongSpoilsNoOther() throws IOException {
        root.issuer(directory, "good");
        root.issuer(directory, "other");
        Files.copy(directory.resolve("good.key"), directory.resolve("other.key"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(directory.resolve("broken.pem"), "nothing");
        Files.writeString(directory.resolve("broken.key"), "nothing");
        Files.writeString(directory.resolve("alone.key"), "nothing");
        Files.writeString(directory.resolve("plain.pem"), Files.readString(directory.resolve("good.pem")));
        Files.writeString(
                directory.resolve("plain.key"),
                TestAuthorities.pem(TestAuthorities.key("secp256r1").getPrivate()));

        assertThat(authorities(TestAuthorities.PASSPHRASE).all())
                .extracting(authority -> authority.subject().toString())
                .containsExactly("CN=good");
    }

    @Test
    void aPairThatWasRepairedIsReadAgain() throws IOException {
        root.issuer(directory, "one");
        String certificate = Files.readString(directory.resolve("one.pem"));
        Files.writeString(directory.resolve("one.pem"), "nothing");
        Authorities authorities = authorities(TestAuthorities.PASSPHRASE);
        assertThat(authorities.all()).isEmpty();

        Files.writeString(directory.resolve("one.pem"), certificate);
        Files.setLastModifiedTime(
                directory.resolve("one.pem"), FileTime.from(Instant.now().plusSeconds(5)));
        authorities.read();

        assertThat(authorities.all()).hasSize(1);
    }

    @Test
    void withoutAnAuthorityWhoeverAsksIsToldToComeAgain() {
        Authorities none = authorities(TestAuthorities.PASSPHRASE);

        assertThatThrownBy(none::issuing)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.retryAfter())
                                .isBetween(Duration.ofMinutes(1), Duration.ofSeconds(90)));
    }

    @Test
    void oneThatLeadsToNoRootThatDevicesTrustIssuesNothing() throws IOException {
        root.issuer(directory, "old", TestAuthorities.PASSPHRASE, NOW.minus(YEAR), YEAR.multipliedBy(2));
        TestAuthorities other = new TestAuthorities();
        other.issuer(directory, "new", TestAuthorities.PASSPHRASE, NOW.minusSeconds(60), YEAR);

        Authorities authorities = authorities(TestAuthorities.PASSPHRASE);

        assertThat(authorities.issuing().subject()).hasToString("CN=old");
        assertThat(authorities.all()).hasSize(2);
        Files.writeString(directory.resolve("ca.pem"), root.root() + other.root());
        authorities.read();
        assertThat(authorities.issuing().subject()).hasToString("CN=new");
    }

    @Test
    void oneBelowAnIntermediateHasThatBehindItInItsFile() throws IOException {
        root.issuerBelowAnother(directory, "one", NOW.minusSeconds(60), YEAR);
        Authorities authorities = authorities(TestAuthorities.PASSPHRASE);
        assertThat(authorities.issuing().chain()).hasSize(2);

        String certificates = Files.readString(directory.resolve("one.pem"));
        Files.writeString(
                directory.resolve("one.pem"), certificates.substring(0, certificates.indexOf("-----BEGIN", 10)));

        assertThatThrownBy(authorities(TestAuthorities.PASSPHRASE)::issuing).isInstanceOf(ProblemException.class);
    }

    @Test
    void onItsLastDayItIssuesNothing() {
        root.issuer(directory, "ending", TestAuthorities.PASSPHRASE, NOW.minusSeconds(60), Duration.ofHours(24));

        Authorities authorities = authorities(TestAuthorities.PASSPHRASE);

        assertThatThrownBy(authorities::issuing).isInstanceOf(ProblemException.class);
        root.issuer(directory, "old", TestAuthorities.PASSPHRASE, NOW.minus(YEAR), YEAR.multipliedBy(2));
        authorities.read();
        assertThat(authorities.issuing().subject()).hasToString("CN=old");
        assertThat(authorities.all()).hasSize(2);
    }

    @Test
    void howLongAnAuthorityIsGoodYetIsMeasured() {
        root.issuer(directory, "one", TestAuthorities.PASSPHRASE, NOW.minusSeconds(60), YEAR);

        Authorities authorities = authorities(TestAuthorities.PASSPHRASE);

        assertThat(meters.get("warren.issuing.authority.remaining")
                        .tag("authority", authorities.issuing().id())
                        .gauge()
                        .value())
                .isEqualTo((double) YEAR.minusSeconds(60).toSeconds());
    }

    private Authorities authorities(String passphrases) {
        IssuingProperties properties = new IssuingProperties(
                directory,
                passphrases,
                Duration.ofDays(90),
                null,
                directory.resolve("ca.pem"),
                URI.create("https://localhost"));
        return new Authorities(properties, new TrustBundle(properties), meters, Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
