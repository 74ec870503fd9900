/** Ways to sleeping devices: the tenants' gateways for short messages, and how messages are handed to them. */
@NullMarked
package io.warren.registry.wakechannel;

import org.jspecify.annotations.NullMarked;
