package io.warren.registry.job;

import io.warren.contracts.device.TenantId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A job that somebody wants done.
 *
 * @param kind the name of a {@link JobKind}
 * @param request what is to be done, as that kind reads it
 * @param target the devices to do it to
 * @param rate how many devices a second; absent, as fast as it goes
 * @param idempotencyKey if a job was ordered with this key before, that one is meant and no other is made
 */
public record JobOrder(
        TenantId tenant,
        String kind,
        JsonNode request,
        Target target,
        @Nullable Integer rate,
        @Nullable String idempotencyKey) {}
