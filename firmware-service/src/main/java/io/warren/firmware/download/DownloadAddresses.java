package io.warren.firmware.download;

import io.warren.contracts.device.TenantId;
import io.warren.firmware.artifact.ArtifactFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Makes and reads the addresses of downloads: a grant, base64url, a dot, and its HMAC-SHA256 (RFC 2104), base64url. Nothing is
 * kept about them.
 */
@Component
public class DownloadAddresses {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final SecretKeySpec key;
    private final DownloadProperties properties;
    private final Clock clock;

    DownloadAddresses(DownloadProperties properties, Clock clock) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(properties.urlSigningKey().strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("warren.firmware.url-signing-key is not base64", e);
        }
        if (bytes.length < KEY_BYTES) {
            throw new IllegalStateException("warren.firmware.url-signing-key has less than 32 bytes");
        }
        this.key = new SecretKeySpec(bytes, ALGORITHM);
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
        String payload = ENCODER.encodeToString(grant.encode().getBytes(StandardCharsets.UTF_8));
        return payload + "." + mac(payload);
    }

    /** What a token allows, expired or not; empty if it was not made here. */
    Optional<DownloadGrant> read(String token) {
        int dot = token.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        String payload = token.substring(0, dot);
        byte[] signature = token.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(mac(payload).getBytes(StandardCharsets.UTF_8), signature)) {
            return Optional.empty();
        }
        return DownloadGrant.decode(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
    }

    /** Of the text as it stands in the address, so that there is one spelling of it only. */
    private String mac(String payload) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return ENCODER.encodeToString(mac.doFinal(payload.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
