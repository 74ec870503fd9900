package io.warren.registry.wakechannel;

import io.warren.contracts.device.TenantId;

/**
 * A wake-up channel was deleted: said inside the transaction that does it.
 *
 * @param tenant whose it was
 * @param channel its id
 */
public record WakeUpChannelDeleted(TenantId tenant, String channel) {}
