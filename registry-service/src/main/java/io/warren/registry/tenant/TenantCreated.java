package io.warren.registry.tenant;

import io.warren.contracts.device.TenantId;

/**
 * There is a new tenant: said inside the transaction that makes it.
 *
 * @param tenant the tenant
 */
public record TenantCreated(TenantId tenant) {}
