/** Disconnecting, tried. */
@NullMarked
package io.warren.registry.disconnect;

import org.jspecify.annotations.NullMarked;
