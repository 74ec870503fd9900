/** Devices over HTTPS: they show the same secret or token as to the broker, and the registry judges it. */
@NullMarked
package io.warren.gateway.device;

import org.jspecify.annotations.NullMarked;
