/** Sealing, tried. */
@NullMarked
package io.warren.platform.seal;

import org.jspecify.annotations.NullMarked;
