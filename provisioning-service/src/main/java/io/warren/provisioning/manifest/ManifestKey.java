package io.warren.provisioning.manifest;

import io.warren.contracts.device.TenantId;

/**
 * Names a manifest: each enrolment group of kind manifest has one.
 *
 * @param tenant the tenant that the group belongs to
 * @param group the group's id
 */
record ManifestKey(TenantId tenant, String group) {}
