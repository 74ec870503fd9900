package io.warren.registry.configuration;

import io.warren.contracts.device.TenantId;

/**
 * A configuration came, changed or went: said inside the transaction that does it.
 *
 * @param tenant whose it is
 * @param id its id among the tenant's
 */
public record ConfigurationChanged(TenantId tenant, String id) {}
