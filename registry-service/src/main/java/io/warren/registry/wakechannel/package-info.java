/** Ways to sleeping devices: the gateways that tenants describe, with their secrets. */
@NullMarked
package io.warren.registry.wakechannel;

import org.jspecify.annotations.NullMarked;
