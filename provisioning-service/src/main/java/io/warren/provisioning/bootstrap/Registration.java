package io.warren.provisioning.bootstrap;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.warren.contracts.device.TenantId;
import io.warren.contracts.registry.RegistrationReply;
import io.warren.provisioning.enrollment.Admission;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A device's attempt to bootstrap, with its repetitions, and what became of it. */
@Entity
class Registration {

    @Id
    private UUID id;

    @Version
    private @Nullable Long version;

    private String tenant;

    private String deviceId;

    private @Nullable String enrollmentId;

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, String> identifiers;

    private @Nullable String hardwareVersion;

    private @Nullable String firmwareVersion;

    @Enumerated(EnumType.STRING)
    private Outcome outcome = Outcome.PENDING;

    private @Nullable String reason;

    private int attempts;

    private Instant createdAt;

    private Instant updatedAt;

    @SuppressWarnings("NullAway.Init")
    protected Registration() {}

    Registration(RegisterRequest request, Instant now) {
        this.id = UUID.randomUUID();
        this.tenant = request.tenant().value();
        this.deviceId = request.deviceId().value();
        this.createdAt = now;
        attempt(request, now);
    }

    /** The device asks, for the first time or again, with what it says about itself now. */
    final void attempt(RegisterRequest request, Instant now) {
        identifiers = request.identifiers();
        hardwareVersion = request.hardwareVersion();
        firmwareVersion = request.firmwareVersion();
        attempts++;
        updatedAt = now;
    }

    /** The enrolment lets it in; the registry has still to agree. */
    void admittedBy(String enrollment) {
        enrollmentId = enrollment;
        if (outcome == Outcome.REFUSED) {
            outcome = Outcome.PENDING;
            reason = null;
        }
    }

    /** The enrolment does not let it in. */
    void refusedBecause(Admission.Refused refusal) {
        enrollmentId = refusal.enrollment();
        outcome = Outcome.REFUSED;
        reason = refusal.reason().text();
    }

    /** The registry has answered. */
    void answered(RegistrationReply reply, Instant now) {
        outcome = switch (reply.outcome()) {
            case REGISTERED, ALREADY_REGISTERED -> Outcome.REGISTERED;
            case CONFLICT, REFUSED -> Outcome.REFUSED;
        };
        reason = reply.reason();
        updatedAt = now;
    }

    boolean isRefused() {
        return outcome == Outcome.REFUSED;
    }

    boolean isOf(TenantId owner) {
        return tenant.equals(owner.value());
    }

    UUID id() {
        return id;
    }

    RegistrationView view() {
        return new RegistrationView(
                id,
                deviceId,
                enrollmentId,
                identifiers,
                hardwareVersion,
                firmwareVersion,
                outcome,
                reason,
                attempts,
                createdAt,
                updatedAt);
    }

    /** What became of an attempt. */
    enum Outcome {
        /** The enrolment let the device in; the registry has not answered yet. */
        @JsonProperty("pending")
        PENDING,
        /** The device has an identity. */
        @JsonProperty("registered")
        REGISTERED,
        /** The device was turned away. */
        @JsonProperty("refused")
        REFUSED
    }
}
