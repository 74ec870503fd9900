package io.warren.provisioning.enrollment;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.platform.transfer.Outcome;
import io.warren.platform.web.FourDigitYear;
import io.warren.provisioning.attestation.AttestationKind;
import io.warren.provisioning.attestation.Door;
import io.warren.provisioning.attestation.SymmetricKey;
import io.warren.provisioning.enrollmentgroup.GroupDoors;
import io.warren.provisioning.offlinebundle.BundlePart;
import io.warren.provisioning.offlinebundle.BundleRow;
import io.warren.provisioning.offlinebundle.Delivery;
import io.warren.provisioning.offlinebundle.Result;
import io.warren.provisioning.offlinebundle.Selection;
import io.warren.provisioning.policy.EnrollmentPolicy;
import io.warren.provisioning.sealing.EnrollmentSeal;
import io.warren.provisioning.sealing.HookSecrets;
import io.warren.provisioning.sealing.PolicyIntake;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/**
 * Enrolments as bundles have them; of claim tokens the hashes travel. An enrolment does not change: what a bundle adds to one that is
 * there is that it was revoked, or which device it has let in.
 */
@Component
@Order(BundlePart.ENROLLMENTS)
class BundledEnrollments implements BundlePart<BundledEnrollments.Row> {

    private final EnrollmentRepository enrollments;
    private final Proofs proofs;
    private final HookSecrets hooks;
    private final PolicyIntake intake;
    private final GroupDoors groups;

    BundledEnrollments(
            EnrollmentRepository enrollments,
            Proofs proofs,
            HookSecrets hooks,
            PolicyIntake intake,
            GroupDoors groups) {
        this.enrollments = enrollments;
        this.proofs = proofs;
        this.hooks = hooks;
        this.intake = intake;
        this.groups = groups;
    }

    /**
     * An enrolment in a bundle.
     *
     * @param group the group whose claim token it is; absent if it is none's
     * @param enrollment as it would be asked for, with its key
     * @param tokenSha256 SHA-256 of its claim token, hexadecimal; absent if it has none
     */
    record Row(
            @NotNull @Pattern(regexp = "[A-Za-z0-9_-]{1,64}")
            String id,

            @Nullable String group,
            @NotNull @Valid EnrollmentRequest enrollment,
            @Nullable @Pattern(regexp = "[0-9a-f]{64}") String tokenSha256,
            @NotNull @FourDigitYear Instant createdAt,
            @Nullable @FourDigitYear Instant revokedAt,
            @Nullable DeviceId admittedDevice,
            @Nullable @FourDigitYear Instant admittedAt)
            implements BundleRow {

        @Override
        public String label() {
            return id;
        }

        @Override
        public @Nullable String namedDeviceType() {
            return enrollment.deviceType();
        }

        byte @Nullable [] token() {
            return tokenSha256 == null ? null : HexFormat.of().parseHex(tokenSha256);
        }

        /** Whether the same was asked for, whatever became of it. */
        boolean isAsked(Row other) {
            return Objects.equals(group, other.group)
                    && enrollment.equals(other.enrollment)
                    && Objects.equals(tokenSha256, other.tokenSha256);
        }
    }

    @Override
    public String name() {
        return "enrollments";
    }

    @Override
    public Class<Row> type() {
        return Row.class;
    }

    @Override
    public void take(Selection selection, Consumer<Row> rows) {
        String tenant = selection.tenant().value();
        for (String id : selection.enrollments()) {
            Enrollment enrollment =
                    enrollments.findById(new EnrollmentKey(tenant, id)).orElseThrow(Enrollments::notFound);
            if (enrollment.group() != null) {
                throw new ProblemException(
                        ProblemKind.INVALID,
                        "A claim token of a group goes with its group.",
                        List.of(new Violation("/enrollments", id + " is of the group " + enrollment.group())));
            }
            rows.accept(opened(enrollment));
        }
        for (String group : selection.groups()) {
            try (Stream<Enrollment> found = enrollments.streamOfGroup(tenant, group)) {
                found.map(this::opened).forEach(rows);
            }
        }
    }

    @Override
    public List<Result> put(Delivery delivery, List<Row> rows) {
        String tenant = delivery.tenant().value();
        Map<String, Enrollment> known =
                enrollments
                        .findAllById(rows.stream()
                                .map(row -> new EnrollmentKey(tenant, row.id()))
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(each -> each.key().id(), Function.identity()));
        Set<String> open = rows.stream()
                .map(Row::group)
                .filter(Objects::nonNull)
                .distinct()
                .filter(group -> !delivery.isClosed(group)
                        && groups.ofClaimTokens(delivery.tenant(), group).isPresent())
                .collect(Collectors.toSet());
        Set<String> tokens = tokens(rows);
        List<Result> results = rows.stream()
                .map(row -> {
                    if (row.group() != null && !open.contains(row.group())) {
                        return Result.refused("Its group was refused, or there is none of claim tokens of its id.");
                    }
                    Enrollment there = known.get(row.id());
                    return Result.of(() -> there == null ? create(delivery.tenant(), row, tokens) : update(there, row));
                })
                .toList();
        enrollments.flush();
        return results;
    }

    /** Those of the tokens that somebody has already. */
    private Set<String> tokens(List<Row> rows) {
        List<byte[]> hashes =
                rows.stream().map(Row::token).filter(Objects::nonNull).toList();
        return enrollments.findByTokenSha256In(hashes).stream()
                .map(each -> Objects.requireNonNull(each.tokenHash()))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private Result create(TenantId tenant, Row row, Set<String> tokens) {
        Enrollment enrollment = sealed(new EnrollmentKey(tenant.value(), row.id()), row);
        if (row.tokenSha256() != null ? !tokens.add(row.tokenSha256()) : isTaken(tenant.value(), row)) {
            return Result.refused("Another enrolment has this device, claim token or certificate.");
        }
        enrollment.catchUp(row.revokedAt(), row.admittedDevice(), row.admittedAt());
        enrollments.save(enrollment);
        return Result.of(Outcome.CREATED);
    }

    private boolean isTaken(String tenant, Row row) {
        if (row.revokedAt() != null) {
            return false;
        }
        EnrollmentRequest asked = row.enrollment();
        AttestationKind kind = asked.attestation().kind();
        DeviceId device = asked.deviceId();
        if (device != null
                && enrollments.findByDevice(tenant, device.value(), kind).isPresent()) {
            return true;
        }
        String certificate = asked.attestation().certificateSha256();
        return certificate != null
                && enrollments
                        .findByCertificate(tenant, HexFormat.of().parseHex(certificate), Limit.of(1))
                        .filter(other -> !other.isRevoked())
                        .isPresent();
    }

    private Result update(Enrollment enrollment, Row row) {
        if (!opened(enrollment).isAsked(row)) {
            return Result.refused("There is another enrolment of its id.");
        }
        if (enrollment.hasAdmittedOther(row.admittedDevice())) {
            return Result.refused("Here it has let in another device than there.");
        }
        return Result.of(
                enrollment.catchUp(row.revokedAt(), row.admittedDevice(), row.admittedAt())
                        ? Outcome.UPDATED
                        : Outcome.UNCHANGED);
    }

    /**
     * An enrolment as it would be asked for, and what became of it.
     *
     * @throws ProblemException if one of its secrets cannot be opened
     */
    private Row opened(Enrollment enrollment) {
        EnrollmentKey key = enrollment.key();
        String door = Door.name(Door.Kind.ENROLLMENT, key.id());
        byte[] sealed = enrollment.sealedKey();
        SymmetricKey opened = sealed == null
                ? null
                : proofs.open(key, sealed).orElseThrow(() -> EnrollmentSeal.sealedElsewhere(door));
        EnrollmentPolicy policy = hooks.opened(new TenantId(key.tenant()), door, enrollment.policy());
        return enrollment.row(EnrollmentRequest.of(enrollment.attestation(opened), enrollment.device(), policy));
    }

    /**
     * The enrolment that a row asks for.
     *
     * @throws ProblemException if it is not allowed to be like this
     */
    private Enrollment sealed(EnrollmentKey key, Row row) {
        EnrollmentRequest asked = row.enrollment();
        byte[] token = row.token();
        if ((token == null) == (asked.attestation().kind() == AttestationKind.CLAIM_TOKEN)) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    "Some fields are not allowed to be as they are.",
                    List.of(new Violation("/tokenSha256", "goes with the kind claim-token, and with no other")));
        }
        Proof proof = token == null ? proofs.make(key, asked).proof() : Proof.ofToken(token);
        if (row.group() != null) {
            return Enrollment.ofGroup(key, row.group(), proof, asked.deviceId(), asked.expiresAt(), row.createdAt());
        }
        EnrollmentPolicy policy = intake.take(
                new TenantId(key.tenant()), Door.name(Door.Kind.ENROLLMENT, key.id()), asked.policy(), null);
        return new Enrollment(key, proof, asked.deviceId(), policy, row.createdAt());
    }
}
