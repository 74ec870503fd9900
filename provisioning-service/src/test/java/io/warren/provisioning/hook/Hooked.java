package io.warren.provisioning.hook;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.provisioning.attestation.AttestationKind;
import io.warren.provisioning.attestation.Attested;
import io.warren.provisioning.attestation.Door;
import io.warren.provisioning.attestation.Facts;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.Source;
import io.warren.provisioning.inquiry.InquiryRush;
import io.warren.provisioning.policy.Assignment;
import io.warren.provisioning.policy.EnrollmentPolicy;
import io.warren.provisioning.policy.Webhook;
import io.warren.provisioning.registration.Decision;
import io.warren.provisioning.registration.RegistrationLedger;
import io.warren.provisioning.sealing.HookSecrets;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Devices that have proven themselves, at enrolments with hooks. */
@Component
public class Hooked {

    public static final String SECRET = "a-secret-for-the-hook";

    private final RegistrationLedger ledger;
    private final InquiryRush rush;
    private final HookSecrets secrets;

    Hooked(RegistrationLedger ledger, InquiryRush rush, HookSecrets secrets) {
        this.ledger = ledger;
        this.rush = rush;
        this.secrets = secrets;
    }

    /** An enrolment, as it is kept, of a group of its own. */
    public Door door(TenantId tenant, @Nullable String hook, @Nullable Assignment assignment) {
        String id = UUID.randomUUID().toString();
        EnrollmentPolicy asked = new EnrollmentPolicy(
                "pump",
                Map.of("site", "lyon"),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                assignment,
                hook == null ? null : new Webhook(hook, SECRET),
                null);
        return new Door(Door.Kind.GROUP, id, secrets.sealed(tenant, Door.name(Door.Kind.GROUP, id), asked, null));
    }

    /** A device asks; nobody waits for hooks. */
    public Decision ask(TenantId tenant, Door door, String device) {
        return ask(tenant, door, device, "T-1");
    }

    /** A device with that serial number asks; nobody waits for hooks. */
    Decision ask(TenantId tenant, Door door, String device, String serial) {
        return ask(tenant, door, device, serial, "1.0.0");
    }

    /** A device with that serial number and firmware asks; nobody waits for hooks. */
    Decision ask(TenantId tenant, Door door, String device, String serial, String firmware) {
        RegisterRequest request = new RegisterRequest(
                tenant,
                new DeviceId(device),
                new RegisterRequest.Attestation(AttestationKind.SYMMETRIC_KEY, "key", null),
                Map.of("serial", serial),
                "B",
                firmware,
                null);
        Facts facts = Facts.of(request, device, door, Source.UNKNOWN);
        return ledger.open(request, new Attested(door, new DeviceId(device), facts), Source.UNKNOWN);
    }

    /** Waits a moment for the hook that a device waits for; says whether it has answered. */
    boolean await(TenantId tenant, Decision decision) {
        return decision instanceof Decision.Waiting waiting && rush.await(tenant, waiting.registration());
    }

    /** A device asks; hooks are waited for a moment, as its own request does. */
    public Decision askAndWait(TenantId tenant, Door door, String device) {
        Decision first = ask(tenant, door, device);
        return first instanceof Decision.Waiting waiting && rush.await(tenant, waiting.registration())
                ? askAndWait(tenant, door, device)
                : first;
    }
}
