package io.warren.firmware.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.warren.contracts.device.TenantId;
import io.warren.firmware.artifact.ArtifactFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DownloadAddressesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final UUID DEPLOYMENT = UUID.randomUUID();
    private static final ArtifactFile ARTIFACT =
            new ArtifactFile(UUID.randomUUID(), "fw.bin", 10, "00", "application/octet-stream", Path.of("fw"));

    private final DownloadAddresses addresses = addresses(Base64.getEncoder().encodeToString(new byte[32]));
    private final DownloadGrant grant =
            new DownloadGrant(new TenantId("acme"), DEPLOYMENT, ARTIFACT.id(), NOW.plus(Duration.ofHours(1)));

    @Test
    void anAddressReadsBackAsWhatItAllows() {
        URI address = addresses.of(new TenantId("acme"), DEPLOYMENT, ARTIFACT);

        assertThat(address.toString())
                .startsWith("https://warren.example.com/device/v1/artifacts/")
                .endsWith("/fw.bin");
        String token = address.getPath().split("/", -1)[4];
        assertThat(addresses.read(token)).contains(grant);
    }

    @Test
    void anAddressIsGoodUnderOneKeyOnly() {
        byte[] otherKey = new byte[32];
        otherKey[31] = 1;

        assertThat(addresses(Base64.getEncoder().encodeToString(otherKey)).read(addresses.sign(grant)))
                .isEmpty();
    }

    @Test
    void changingAnyCharacterSpoilsIt() {
        String token = addresses.sign(grant);

        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String forged = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(addresses.read(forged)).as(forged).isEmpty();
        }
    }

    @Test
    void whatIsNoTokenIsNotRead() {
        assertThat(addresses.read("")).isEmpty();
        assertThat(addresses.read(".")).isEmpty();
        assertThat(addresses.read("!.!")).isEmpty();
        assertThat(addresses.read(addresses.sign(grant) + ".x")).isEmpty();
    }

    @Test
    void aWeakOrUnreadableKeyStopsTheService() {
        assertThatIllegalStateException().isThrownBy(() -> addresses("c2hvcnQ="));
        assertThatIllegalStateException().isThrownBy(() -> addresses("!"));
    }

    private static DownloadAddresses addresses(String key) {
        return new DownloadAddresses(
                new DownloadProperties(key, URI.create("https://warren.example.com"), Duration.ofHours(1)),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
