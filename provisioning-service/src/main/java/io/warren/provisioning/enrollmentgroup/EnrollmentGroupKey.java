package io.warren.provisioning.enrollmentgroup;

import jakarta.persistence.Embeddable;
import java.io.Serializable;

/**
 * The id of a group, unique within its tenant.
 *
 * @param tenant the tenant that owns it
 * @param id chosen by the integrator
 */
@Embeddable
record EnrollmentGroupKey(String tenant, String id) implements Serializable {}
