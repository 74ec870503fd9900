package io.warren.firmware.release;

import jakarta.persistence.Embeddable;
import java.io.Serializable;

/**
 * The id of a release, unique within its tenant.
 *
 * @param tenant the tenant that owns it
 * @param id chosen by the integrator
 */
@Embeddable
record ReleaseKey(String tenant, String id) implements Serializable {}
