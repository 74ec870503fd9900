package io.warren.provisioning.authority;

import io.warren.contracts.device.DeviceId;
import io.warren.provisioning.attestation.AttestationKind;
import io.warren.provisioning.attestation.Attested;
import io.warren.provisioning.attestation.Attestor;
import io.warren.provisioning.attestation.Door;
import io.warren.provisioning.attestation.Facts;
import io.warren.provisioning.attestation.Refusal;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.Source;
import io.warren.provisioning.attestation.Verdict;
import io.warren.provisioning.enrollmentgroup.GroupDoors;
import io.warren.provisioning.signedproof.CertificateProof;
import io.warren.provisioning.template.TemplateProblem;
import io.warren.provisioning.x509.CertificateFacts;
import io.warren.provisioning.x509.X509Certificates;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Knows devices by the certificates that their tenants' authorities have issued. */
@Component
@Order(AuthorityAttestor.LAST)
class AuthorityAttestor implements Attestor {

    /** It says why a certificate is not believed; whoever knows one by more than its authority is asked before. */
    static final int LAST = 900;

    private final CertificateRecognition certificates;
    private final GroupDoors groups;
    private final Clock clock;

    AuthorityAttestor(CertificateRecognition certificates, GroupDoors groups, Clock clock) {
        this.certificates = certificates;
        this.groups = groups;
        this.clock = clock;
    }

    @Override
    public AttestationKind kind() {
        return AttestationKind.X509;
    }

    @Override
    public Optional<Verdict> judge(RegisterRequest request, Source source) {
        return Optional.of(
                switch (CertificateProof.of(request, source, clock.instant())) {
                    case CertificateProof.Missing missing -> Refusal.unproven(missing.reason(), null);
                    case CertificateProof.Shown shown -> judge(request, source, shown.chain());
                });
    }

    private Verdict judge(RegisterRequest request, Source source, List<X509Certificate> chain) {
        return switch (certificates.recognise(request.tenant(), chain)) {
            case Recognition.Unrecognised unrecognised ->
                Refusal.unproven(unrecognised.flaw().text(), null);
            case Recognition.Recognised recognised -> judge(request, source, chain.getFirst(), recognised);
        };
    }

    private Verdict judge(
            RegisterRequest request, Source source, X509Certificate certificate, Recognition.Recognised recognised) {
        String group = request.attestation().group();
        Optional<Door> door = group == null
                ? groups.ofAuthority(request.tenant(), recognised.authority())
                : groups.ofAuthority(request.tenant(), group, recognised.authority());
        return door.map(found -> named(request, source, certificate, recognised.rules(), found))
                .orElseGet(() -> Refusal.unproven(
                        group == null
                                ? "No enrolment group takes certificates of authority " + recognised.authority()
                                        + ", or more than one does and the device has to name its own."
                                : "The enrolment group does not take certificates of authority "
                                        + recognised.authority() + ".",
                        null));
    }

    private static Verdict named(
            RegisterRequest request, Source source, X509Certificate certificate, AuthorityRules rules, Door door) {
        ObjectNode contents = CertificateFacts.of(certificate);
        String device;
        try {
            device = rules.deviceId(contents);
        } catch (TemplateProblem e) {
            return Refusal.unproven("The certificate does not name a device: " + e.getMessage() + ".", door);
        }
        if (!DeviceId.isValid(device)) {
            return Refusal.unproven("What the certificate names is not of the form " + DeviceId.FORM + ".", door);
        }
        if (request.deviceId() != null && !request.deviceId().value().equals(device)) {
            return new Refusal(Refusal.Kind.OTHER_DEVICE, "The certificate is another device's.", door.name());
        }
        return Attested.board(
                door.withTags(rules.tags()),
                new DeviceId(device),
                Facts.of(request, device, door, source).withCertificate(contents),
                "key/" + X509Certificates.keySha256(certificate));
    }
}
