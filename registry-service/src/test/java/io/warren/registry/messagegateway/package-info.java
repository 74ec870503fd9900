/** Gateways for short messages, tried. */
@NullMarked
package io.warren.registry.messagegateway;

import org.jspecify.annotations.NullMarked;
