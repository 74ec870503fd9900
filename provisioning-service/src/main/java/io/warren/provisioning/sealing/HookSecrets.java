package io.warren.provisioning.sealing;

import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.provisioning.policy.Assignment;
import io.warren.provisioning.policy.EnrollmentPolicy;
import io.warren.provisioning.policy.Webhook;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The secrets that the hooks of enrolments and groups are asked with. In the policies that are kept they are sealed. */
@Component
public class HookSecrets {

    private final EnrollmentSeal seal;

    HookSecrets(EnrollmentSeal seal) {
        this.seal = seal;
    }

    /**
     * A policy as it is kept. A secret that is left out stays as it is.
     *
     * @param door the name of the enrolment or group whose policy it is
     * @param asked the policy as it is asked for, with secrets for all to read
     * @param kept the policy as it is kept so far; absent for a new enrolment
     * @throws ProblemException if a secret is left out that is not known, or would be shown to somebody else
     */
    public EnrollmentPolicy sealed(
            TenantId tenant, String door, EnrollmentPolicy asked, @Nullable EnrollmentPolicy kept) {
        return asked.withHooks(
                sealed(tenant, door, asked.hook(), kept == null ? null : kept.hook(), "/hook/secret"),
                sealed(
                        tenant,
                        door,
                        chooser(asked.assignment()),
                        kept == null ? null : chooser(kept.assignment()),
                        "/assignment/webhook/secret"));
    }

    /** A policy as it is shown: without secrets. */
    public static EnrollmentPolicy shown(EnrollmentPolicy kept) {
        return kept.withHooks(withoutSecret(kept.hook()), withoutSecret(chooser(kept.assignment())));
    }

    /** What the hooks of an enrolment are asked with; empty if it was sealed for another, or in another installation. */
    public Optional<String> open(TenantId tenant, String door, String sealed) {
        return seal.open(Base64.getDecoder().decode(sealed), place(tenant, door))
                .map(secret -> new String(secret, StandardCharsets.UTF_8));
    }

    /**
     * A policy with its secrets for all to read.
     *
     * @throws ProblemException if one of them was sealed for another, or in another installation
     */
    public EnrollmentPolicy opened(TenantId tenant, String door, EnrollmentPolicy kept) {
        return kept.withHooks(opened(tenant, door, kept.hook()), opened(tenant, door, chooser(kept.assignment())));
    }

    private @Nullable Webhook opened(TenantId tenant, String door, @Nullable Webhook kept) {
        if (kept == null || kept.secret() == null) {
            return kept;
        }
        return new Webhook(
                kept.url(), open(tenant, door, kept.secret()).orElseThrow(() -> EnrollmentSeal.sealedElsewhere(door)));
    }

    private @Nullable Webhook sealed(
            TenantId tenant, String door, @Nullable Webhook asked, @Nullable Webhook kept, String pointer) {
        if (asked == null) {
            return null;
        }
        String secret = asked.secret();
        if (secret != null) {
            byte[] closed = seal.close(secret.getBytes(StandardCharsets.UTF_8), place(tenant, door));
            return new Webhook(asked.url(), Base64.getEncoder().encodeToString(closed));
        }
        if (kept == null) {
            throw missing(pointer, "needed for a new hook");
        }
        if (!kept.url().equals(asked.url())) {
            throw missing(pointer, "needed again: the secret of the hook would be shown to somebody else");
        }
        return kept;
    }

    private static @Nullable Webhook chooser(@Nullable Assignment assignment) {
        return assignment == null ? null : assignment.webhook();
    }

    private static @Nullable Webhook withoutSecret(@Nullable Webhook webhook) {
        return webhook == null ? null : new Webhook(webhook.url(), null);
    }

    private static String place(TenantId tenant, String door) {
        return "hook\n" + tenant + "\n" + door;
    }

    private static ProblemException missing(String pointer, String detail) {
        return new ProblemException(
                ProblemKind.INVALID,
                "The enrolment is not allowed to be like this.",
                List.of(new Violation(pointer, detail)));
    }
}
