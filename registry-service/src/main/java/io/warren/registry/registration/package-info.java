/** Devices that register themselves: provisioning vouches for them over the broker. */
@NullMarked
package io.warren.registry.registration;

import org.jspecify.annotations.NullMarked;
