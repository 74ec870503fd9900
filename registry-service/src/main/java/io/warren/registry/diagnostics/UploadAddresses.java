package io.warren.registry.diagnostics;

import io.warren.platform.seal.SignedText;
import java.net.URI;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Makes and reads the addresses that bundles are sent to: each has a signed grant in it. Nothing is kept about them. */
@Component
class UploadAddresses {

    private final SignedText signed;
    private final URI publicUrl;

    UploadAddresses(DiagnosticsProperties properties) {
        this.signed = new SignedText(properties.urlSigningKey(), "warren.diagnostics.url-signing-key");
        this.publicUrl = properties.publicUrl();
    }

    /** The same each time for the same grant. */
    URI of(UploadGrant grant) {
        return publicUrl.resolve("/device/v1/diagnostics/" + signed.sign(grant.encode()));
    }

    /** What a token allows, expired or not; empty if it was not made here. */
    Optional<UploadGrant> read(String token) {
        return signed.read(token).flatMap(UploadGrant::decode);
    }
}
