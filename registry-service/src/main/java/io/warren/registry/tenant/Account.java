package io.warren.registry.tenant;

/**
 * What a tenant uses now, and may use.
 *
 * @param devices how many devices it has
 * @param connections how many of them are connected
 * @param limits how much it may use
 */
public record Account(long devices, long connections, Limits limits) {}
