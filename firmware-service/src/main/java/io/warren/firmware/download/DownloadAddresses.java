package io.warren.firmware.download;

import io.warren.contracts.device.TenantId;
import io.warren.firmware.artifact.ArtifactFile;
import io.warren.platform.seal.SignedText;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Makes and reads the addresses of downloads: each has a signed grant in it. Nothing is kept about them. */
@Component
public class DownloadAddresses {

    private final SignedText signed;
    private final DownloadProperties properties;
    private final Clock clock;

    DownloadAddresses(DownloadProperties properties, Clock clock) {
        this.signed = new SignedText(properties.urlSigningKey(), "warren.firmware.url-signing-key");
        this.properties = properties;
        this.clock = clock;
    }

    /** The address at which a device fetches an artifact for one deployment, until it expires or the deployment ends. */
    public URI of(TenantId tenant, UUID deployment, ArtifactFile artifact) {
        DownloadGrant grant = new DownloadGrant(
                tenant,
                deployment,
                artifact.id(),
                clock.instant().plus(properties.addressLifetime()).truncatedTo(ChronoUnit.SECONDS));
        return properties.publicUrl().resolve("/device/v1/artifacts/" + sign(grant) + "/" + artifact.name());
    }

    String sign(DownloadGrant grant) {
        return signed.sign(grant.encode());
    }

    /** What a token allows, expired or not; empty if it was not made here. */
    Optional<DownloadGrant> read(String token) {
        return signed.read(token).flatMap(DownloadGrant::decode);
    }
}
