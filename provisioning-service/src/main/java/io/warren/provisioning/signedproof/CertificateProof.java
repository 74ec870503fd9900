package io.warren.provisioning.signedproof;

import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.Source;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a device that shows a certificate has shown besides: that it has the certificate's key. */
public sealed interface CertificateProof {

    /**
     * It has the key of the first certificate.
     *
     * @param chain the certificates that it shows, its own first; nothing is known of them yet
     */
    record Shown(List<X509Certificate> chain) implements CertificateProof {}

    /**
     * It has not.
     *
     * @param reason why, for the tenant
     */
    record Missing(String reason) implements CertificateProof {}

    /**
     * The proof of a request: what it has signed, or else the client certificate of its TLS connection, for which the gateway
     * vouches.
     */
    static CertificateProof of(RegisterRequest request, Source source, Instant now) {
        String token = request.attestation().token();
        if (token == null) {
            return source.certificates().isEmpty()
                    ? new Missing("The device shows no certificate: neither in TLS nor in what it has signed.")
                    : new Shown(source.certificates());
        }
        return SignedProof.parse(token)
                .map(signed -> of(request, signed, now))
                .orElseGet(() -> new Missing("What the device shows is no JWS."));
    }

    private static CertificateProof of(RegisterRequest request, SignedProof signed, Instant now) {
        if (signed.chain().isEmpty()) {
            return new Missing("What the device has signed has no certificates with it (x5c).");
        }
        if (!signed.isOf(request)) {
            return new Missing("What the device has signed is of another device.");
        }
        Optional<String> flaw = signed.flaw(signed.chain().getFirst().getPublicKey(), now);
        return flaw.<CertificateProof>map(Missing::new).orElseGet(() -> new Shown(signed.chain()));
    }
}
