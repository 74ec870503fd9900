package io.warren.provisioning.enrollmentgroup;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.warren.contracts.device.TenantId;
import io.warren.provisioning.attestation.Door;
import io.warren.provisioning.attestation.SymmetricKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Groups with their keys opened, remembered for a moment: a fleet comes through one of them all at once. What this replica changes it
 * forgets after the commit; what another changes counts here a second later.
 */
@Component
class OpenGroups {

    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final int MOST = 1_000;

    private final Cache<EnrollmentGroupKey, Optional<OpenGroup>> remembered =
            Caffeine.newBuilder().expireAfterWrite(MOMENT).maximumSize(MOST).build();

    private final EnrollmentGroupRepository groups;
    private final GroupKeys keys;

    OpenGroups(EnrollmentGroupRepository groups, GroupKeys keys) {
        this.groups = groups;
        this.keys = keys;
    }

    /**
     * A group whose devices have keys.
     *
     * @param keys those that there are, the primary one first
     */
    record OpenGroup(Door door, List<SymmetricKey> keys) {

        @Override
        public String toString() {
            return "OpenGroup[" + door.name() + "]";
        }
    }

    /**
     * Judges by a tenant's group whose devices have keys.
     *
     * @param isGood whether a judgement by what is remembered will do; if it does not, the group is read again
     * @return empty if there is no such group
     */
    <T> Optional<T> judge(TenantId tenant, String id, Function<OpenGroup, T> judgement, Predicate<T> isGood) {
        EnrollmentGroupKey key = new EnrollmentGroupKey(tenant.value(), id);
        Optional<OpenGroup> known = remembered.getIfPresent(key);
        if (known != null) {
            Optional<T> judged = known.map(judgement).filter(isGood);
            if (judged.isPresent()) {
                return judged;
            }
            remembered.invalidate(key);
        }
        return remembered.get(key, this::open).map(judgement);
    }

    @TransactionalEventListener
    void forget(GroupChanged change) {
        remembered.invalidate(change.group());
    }

    private Optional<OpenGroup> open(EnrollmentGroupKey key) {
        return groups.findById(key)
                .filter(group -> group.isOf(GroupAttestation.Kind.SYMMETRIC_KEY))
                .map(group -> new OpenGroup(group.door(), keys.open(group, key.tenant())));
    }

    /** A group has changed or is gone: said inside the transaction that changes it. */
    record GroupChanged(EnrollmentGroupKey group) {}
}
