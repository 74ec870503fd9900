/** How messages that wake devices are handed over: gateways for short messages over HTTPS and SMPP, at reachable addresses only. */
@NullMarked
package io.warren.registry.messagegateway;

import org.jspecify.annotations.NullMarked;
