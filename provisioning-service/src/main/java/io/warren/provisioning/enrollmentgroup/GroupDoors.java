package io.warren.provisioning.enrollmentgroup;

import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.provisioning.attestation.Door;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Enrolment groups as what devices come through, for those that judge their proofs. */
@Component
public class GroupDoors {

    private final EnrollmentGroupRepository groups;

    GroupDoors(EnrollmentGroupRepository groups) {
        this.groups = groups;
    }

    /** The group of claim tokens of that id. */
    public Optional<Door> ofClaimTokens(TenantId tenant, String id) {
        return find(tenant, id, GroupAttestation.Kind.CLAIM_TOKEN);
    }

    /** The group with a manifest of that id. */
    public Optional<Door> ofManifest(TenantId tenant, String id) {
        return find(tenant, id, GroupAttestation.Kind.MANIFEST);
    }

    /** The group of that id, if devices of a certificate authority come through it. */
    public Optional<Door> ofAuthority(TenantId tenant, String id, String authority) {
        return groups.findById(new EnrollmentGroupKey(tenant.value(), id))
                .filter(group -> group.isOf(GroupAttestation.Kind.X509))
                .filter(group -> {
                    List<String> authorities = group.attestation().certificateAuthorities();
                    return authorities != null && authorities.contains(authority);
                })
                .map(EnrollmentGroup::door);
    }

    /** The one group that devices of a certificate authority come through; empty if there is none, or more than one. */
    public Optional<Door> ofAuthority(TenantId tenant, String authority) {
        List<EnrollmentGroup> found = groups.findByAuthority(tenant.value(), authority);
        return found.size() == 1 ? Optional.of(found.getFirst().door()) : Optional.empty();
    }

    /** The groups with a manifest whose elements may show certificates of an authority. */
    public List<String> manifestsOfAuthority(TenantId tenant, String authority) {
        return groups.findManifestsByAuthority(tenant.value(), authority);
    }

    /** The certificate authorities that groups name. */
    public Set<String> authoritiesOf(TenantId tenant, List<String> ids) {
        return ids.stream()
                .flatMap(id -> groups.findById(new EnrollmentGroupKey(tenant.value(), id)).stream())
                .map(group -> group.attestation().certificateAuthorities())
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Requires a group with a manifest.
     *
     * @throws ProblemException if the tenant has none of that id
     */
    public void requireManifest(TenantId tenant, String id) {
        require(ofManifest(tenant, id));
    }

    /**
     * Requires a group of claim tokens, and keeps it from being removed as long as the caller's transaction goes on.
     *
     * @throws ProblemException if the tenant has none of that id
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void holdClaimTokens(TenantId tenant, String id) {
        require(groups.lockByKey(new EnrollmentGroupKey(tenant.value(), id))
                .filter(group -> group.isOf(GroupAttestation.Kind.CLAIM_TOKEN))
                .map(EnrollmentGroup::door));
    }

    private static void require(Optional<Door> door) {
        if (door.isEmpty()) {
            throw EnrollmentGroups.notFound();
        }
    }

    private Optional<Door> find(TenantId tenant, String id, GroupAttestation.Kind kind) {
        return groups.findById(new EnrollmentGroupKey(tenant.value(), id))
                .filter(group -> group.isOf(kind))
                .map(EnrollmentGroup::door);
    }
}
