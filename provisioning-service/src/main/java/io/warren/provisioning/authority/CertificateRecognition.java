package io.warren.provisioning.authority;

import io.warren.contracts.device.TenantId;
import io.warren.provisioning.x509.ClientCertificates;
import io.warren.provisioning.x509.Flaw;
import io.warren.provisioning.x509.TrustAnchors;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Finds out whether a tenant's authority has issued the certificate that a device shows. The tenant is the one that the device asks
 * to be let into, and only that tenant's authorities are looked at: one may be registered by several tenants, and names devices of
 * each in that one's name only.
 */
@Component
public class CertificateRecognition {

    private final CertificateAuthorities authorities;
    private final Clock clock;

    CertificateRecognition(CertificateAuthorities authorities, Clock clock) {
        this.authorities = authorities;
        this.clock = clock;
    }

    /**
     * Looks at a certificate.
     *
     * @param chain the device's own and those behind it, each followed by its issuer's; more may follow that lead nowhere
     */
    public Recognition recognise(TenantId tenant, List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            return new Recognition.Unrecognised(Flaw.MALFORMED);
        }
        Instant now = clock.instant();
        Optional<Flaw> own = ClientCertificates.flaw(chain.getFirst(), now);
        if (own.isPresent()) {
            return new Recognition.Unrecognised(own.get());
        }
        List<String> issuers = chain.stream()
                .map(each -> TrustAnchors.name(each.getIssuerX500Principal()))
                .toList();
        Flaw first = null;
        for (CertificateAuthority authority : authorities.named(tenant, issuers)) {
            Optional<Flaw> flaw = flaw(chain, authority, now);
            if (flaw.isEmpty()) {
                return new Recognition.Recognised(authority.id(), authority.rules());
            }
            first = first == null ? flaw.get() : first;
        }
        return new Recognition.Unrecognised(first == null ? Flaw.FOREIGN : first);
    }

    private static Optional<Flaw> flaw(List<X509Certificate> chain, CertificateAuthority authority, Instant now) {
        Optional<Flaw> flaw = pathFlaw(chain, authority.certificate(), now);
        if (flaw.isPresent()) {
            return flaw;
        }
        if (!authority.isVerified()) {
            return Optional.of(Flaw.UNVERIFIED);
        }
        return authority.isInForce(now) ? Optional.empty() : Optional.of(Flaw.NOT_IN_FORCE);
    }

    /** Tries each place at which the path may end: an authority that has changed its key has issued a certificate to itself. */
    private static Optional<Flaw> pathFlaw(List<X509Certificate> chain, X509Certificate anchor, Instant now) {
        Flaw first = null;
        for (int i = 0; i < chain.size(); i++) {
            if (chain.get(i).getIssuerX500Principal().equals(anchor.getSubjectX500Principal())) {
                Optional<Flaw> flaw = TrustAnchors.flaw(chain.subList(0, i + 1), anchor, now);
                if (flaw.isEmpty()) {
                    return flaw;
                }
                first = first == null ? flaw.get() : first;
            }
        }
        return Optional.of(first == null ? Flaw.FOREIGN : first);
    }
}
