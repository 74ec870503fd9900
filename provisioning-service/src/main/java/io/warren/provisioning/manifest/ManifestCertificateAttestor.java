package io.warren.provisioning.manifest;

import io.warren.provisioning.attestation.AttestationKind;
import io.warren.provisioning.attestation.Attestor;
import io.warren.provisioning.attestation.Refusal;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.Source;
import io.warren.provisioning.attestation.Verdict;
import io.warren.provisioning.authority.CertificateRecognition;
import io.warren.provisioning.authority.Recognition;
import io.warren.provisioning.enrollmentgroup.GroupDoors;
import io.warren.provisioning.signedproof.CertificateProof;
import io.warren.provisioning.x509.CertificateFacts;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Knows devices by the certificates of their secure elements, whose makers have issued them in the elements' serial numbers; the
 * manifest says which device that is.
 */
@Component
@Order(ManifestCertificateAttestor.BEFORE_AUTHORITIES)
class ManifestCertificateAttestor implements Attestor {

    /** A certificate that a manifest group takes names an element, not a device. */
    static final int BEFORE_AUTHORITIES = 800;

    private final CertificateRecognition certificates;
    private final GroupDoors groups;
    private final ManifestRows rows;
    private final ManifestDoors doors;
    private final Clock clock;

    ManifestCertificateAttestor(
            CertificateRecognition certificates,
            GroupDoors groups,
            ManifestRows rows,
            ManifestDoors doors,
            Clock clock) {
        this.certificates = certificates;
        this.groups = groups;
        this.rows = rows;
        this.doors = doors;
        this.clock = clock;
    }

    @Override
    public AttestationKind kind() {
        return AttestationKind.X509;
    }

    @Override
    public Optional<Verdict> judge(RegisterRequest request, Source source) {
        return CertificateProof.of(request, source, clock.instant()) instanceof CertificateProof.Shown shown
                        && certificates.recognise(request.tenant(), shown.chain())
                                instanceof Recognition.Recognised recognised
                ? judge(request, source, shown.chain().getFirst(), recognised.authority())
                : Optional.empty();
    }

    private Optional<Verdict> judge(
            RegisterRequest request, Source source, X509Certificate certificate, String authority) {
        String named = request.attestation().group();
        List<ManifestKey> manifests = groups.manifestsOfAuthority(request.tenant(), authority).stream()
                .filter(group -> named == null || named.equals(group))
                .map(group -> new ManifestKey(request.tenant(), group))
                .toList();
        if (manifests.isEmpty()) {
            return Optional.empty();
        }
        for (String element : elements(certificate)) {
            for (ManifestKey manifest : manifests) {
                Optional<ManifestRows.Kept> row = rows.find(manifest, element);
                if (row.isPresent()) {
                    return doors.through(request, source, row.get(), CertificateFacts.of(certificate));
                }
            }
        }
        return Optional.of(Refusal.unproven("No manifest lists the element that the certificate names.", null));
    }

    /** What may be the element's serial number: the one of the subject, or else its name. */
    private static List<String> elements(X509Certificate certificate) {
        return Stream.concat(
                        CertificateFacts.subject(certificate, "serialNumber").stream(),
                        CertificateFacts.commonNames(certificate).stream())
                .filter(Entry::isElement)
                .toList();
    }
}
