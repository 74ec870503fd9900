/** Devices: their identity, labels and whether they may connect. */
@NullMarked
package io.warren.registry.device;

import org.jspecify.annotations.NullMarked;
