package io.warren.provisioning.offlinebundle;

import io.warren.contracts.device.TenantId;
import java.util.List;

/**
 * What is to leave.
 *
 * @param groups the ids of enrolment groups, with all that belongs to them
 * @param enrollments the ids of enrolments that belong to no group
 * @param manifests whether the rows of the groups' manifests go along
 */
public record Selection(TenantId tenant, List<String> groups, List<String> enrollments, boolean manifests) {}
