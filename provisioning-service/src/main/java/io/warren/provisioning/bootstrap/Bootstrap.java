package io.warren.provisioning.bootstrap;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.RegistrationReply;
import io.warren.contracts.registry.RegistrationRequest;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.provisioning.enrollment.Admission;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Lets a device in. First the enrolment decides and remembers the device, then the registry is asked; a device that did not get
 * the answer, for whatever reason, repeats its request and finds everything as if it were the first.
 */
@Component
class Bootstrap {

    private static final ProblemKind UNPROVEN =
            new ProblemKind("claim-token-refused", HttpStatus.UNAUTHORIZED, "Claim token refused");
    private static final ProblemKind CLAIMED =
            new ProblemKind("claim-token-used", HttpStatus.CONFLICT, "Claim token used");
    private static final ProblemKind OTHER_DEVICE =
            new ProblemKind("device-not-enrolled", HttpStatus.FORBIDDEN, "Enrolled for another device");
    private static final ProblemKind CONFLICT =
            new ProblemKind("device-exists", HttpStatus.CONFLICT, "The device exists already");
    private static final ProblemKind REFUSED =
            new ProblemKind("registration-refused", HttpStatus.FORBIDDEN, "Registration refused");

    private final RegistrationLedger ledger;
    private final RegistryRequests registry;
    private final DeviceSecrets secrets;
    private final ConnectionProfile profile;
    private final RefusalBrake brake;

    Bootstrap(
            RegistrationLedger ledger,
            RegistryRequests registry,
            DeviceSecrets secrets,
            ConnectionProfile profile,
            RefusalBrake brake) {
        this.ledger = ledger;
        this.registry = registry;
        this.secrets = secrets;
        this.profile = profile;
        this.brake = brake;
    }

    RegisterResponse register(RegisterRequest request) {
        RegistrationLedger.Attempt attempt = ledger.open(request);
        return switch (attempt.admission()) {
            case Admission.Refused refused -> throw turnAway(refused);
            case Admission.Admitted admitted ->
                register(request, admitted, Objects.requireNonNull(attempt.registration()));
        };
    }

    private RegisterResponse register(RegisterRequest request, Admission.Admitted admitted, UUID registration) {
        DeviceAddress address = request.address();
        String secret = secrets.derive(
                address, admitted.enrollment(), request.attestation().token());
        String sha256 = sha256(secret);
        RegistrationReply reply = registry.ask(new RegistrationRequest(
                address.tenant().value(),
                address.device().value(),
                admitted.enrollment(),
                admitted.deviceType(),
                admitted.tags(),
                request.identifiers(),
                sha256,
                secrets.sealedTokenKey(address, secret, sha256)));
        ledger.close(registration, reply);
        return switch (reply.outcome()) {
            case REGISTERED, ALREADY_REGISTERED -> profile.of(address, registration, secret);
            case CONFLICT ->
                throw turnAway(CONFLICT, "This id belongs to a device that came in another way; ask the tenant.");
            case REFUSED -> throw turnAway(REFUSED, reasonOf(reply));
        };
    }

    private ProblemException turnAway(Admission.Refused refused) {
        if (refused.reason().isUnproven()) {
            // one wording for all: it must not tell that a token was right once
            return turnAway(UNPROVEN, "The claim token is not valid.");
        }
        ProblemKind kind = refused.reason() == Admission.Reason.CLAIMED ? CLAIMED : OTHER_DEVICE;
        return turnAway(kind, refused.reason().text());
    }

    private ProblemException turnAway(ProblemKind kind, String detail) {
        brake.hold();
        return new ProblemException(kind, detail);
    }

    private static String reasonOf(RegistrationReply reply) {
        String reason = reply.reason();
        return reason == null ? "The registry does not take this device." : reason;
    }

    private static String sha256(String secret) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
