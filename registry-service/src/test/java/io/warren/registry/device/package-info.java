/** Devices, tried. */
@NullMarked
package io.warren.registry.device;

import org.jspecify.annotations.NullMarked;
