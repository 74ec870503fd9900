package io.warren.provisioning.enrollmentgroup;

import io.warren.provisioning.attestation.Door;
import io.warren.provisioning.policy.EnrollmentPolicy;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.OptimisticLock;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Lets many devices in, all by one policy. */
@Entity
class EnrollmentGroup {

    private static final JsonMapper JSON = JsonMapper.shared();

    @EmbeddedId
    private EnrollmentGroupKey key;

    @Version
    private long version;

    @Enumerated(EnumType.STRING)
    private GroupAttestation.Kind kind;

    // as text: what the database makes of a number must not look like a change
    @JdbcTypeCode(SqlTypes.JSON)
    private String attestation;

    private byte @Nullable [] sealedPrimaryKey;

    private byte @Nullable [] sealedSecondaryKey;

    @JdbcTypeCode(SqlTypes.JSON)
    private String policy;

    private Instant createdAt;

    private Instant updatedAt;

    // whoever reads a group, changes it and puts it back need not know of a bundle that said the same
    @OptimisticLock(excluded = true)
    private @Nullable Instant bundleMadeAt;

    @SuppressWarnings("NullAway.Init")
    protected EnrollmentGroup() {}

    /** A new group without keys. */
    EnrollmentGroup(EnrollmentGroupKey key, GroupAttestation attestation, EnrollmentPolicy policy, Instant now) {
        this.key = key;
        this.kind = attestation.kind();
        this.version = 1;
        this.attestation = JSON.writeValueAsString(attestation.withoutKeys());
        this.policy = JSON.writeValueAsString(policy);
        this.createdAt = now;
        this.updatedAt = now;
    }

    /** Takes over another description, if it is another; keys stay as they are. */
    void describe(GroupAttestation other, EnrollmentPolicy wanted, Instant now) {
        String newAttestation = JSON.writeValueAsString(other.withoutKeys());
        String newPolicy = JSON.writeValueAsString(wanted);
        if (isSame(newAttestation, attestation) && isSame(newPolicy, policy)) {
            return;
        }
        attestation = newAttestation;
        policy = newPolicy;
        updatedAt = now;
    }

    /** Takes over new keys; what is absent stays as it is. */
    void reseal(byte @Nullable [] primary, byte @Nullable [] secondary, Instant now) {
        sealedPrimaryKey = primary == null ? sealedPrimaryKey : primary;
        sealedSecondaryKey = secondary == null ? sealedSecondaryKey : secondary;
        updatedAt = now;
    }

    /** It is as a bundle says. */
    void bringBy(Instant made) {
        bundleMadeAt = made;
    }

    /** When the bundle was made that it was brought by last; absent if it was made here. */
    @Nullable
    Instant bundleMadeAt() {
        return bundleMadeAt;
    }

    /** Whether two texts are one document: the database sorts members in its own way. */
    private static boolean isSame(String document, String other) {
        return JSON.readTree(document).equals(JSON.readTree(other));
    }

    /** What it is to a device that comes through it. */
    Door door() {
        return new Door(Door.Kind.GROUP, key.id(), policy());
    }

    boolean isOf(GroupAttestation.Kind wanted) {
        return kind == wanted;
    }

    /** The keys that there are, the primary one first. */
    List<byte[]> sealedKeys() {
        return Optional.ofNullable(sealedPrimaryKey).stream()
                .flatMap(primary -> Optional.ofNullable(sealedSecondaryKey).stream()
                        .flatMap(second -> List.of(primary, second).stream()))
                .toList();
    }

    String id() {
        return key.id();
    }

    /** The attestation, without keys. */
    GroupAttestation attestation() {
        return JSON.readValue(attestation, GroupAttestation.class);
    }

    /** The policy, in which the secrets of hooks are sealed. */
    EnrollmentPolicy policy() {
        return JSON.readValue(policy, EnrollmentPolicy.class);
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    long version() {
        return version;
    }
}
