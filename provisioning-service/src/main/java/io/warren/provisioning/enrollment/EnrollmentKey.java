package io.warren.provisioning.enrollment;

import jakarta.persistence.Embeddable;
import java.io.Serializable;

/**
 * The id of an enrolment, unique within its tenant.
 *
 * @param tenant the tenant that owns it
 * @param id chosen by the integrator or a UUID
 */
@Embeddable
record EnrollmentKey(String tenant, String id) implements Serializable {}
