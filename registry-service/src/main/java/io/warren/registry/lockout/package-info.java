/** Turning away who fails too often: a device at a network address, or an address altogether, for a while. */
@NullMarked
package io.warren.registry.lockout;

import org.jspecify.annotations.NullMarked;
