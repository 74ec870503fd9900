/** Devices that register themselves, tried. */
@NullMarked
package io.warren.registry.registration;

import org.jspecify.annotations.NullMarked;
