/** Locking out, tried. */
@NullMarked
package io.warren.registry.lockout;

import org.jspecify.annotations.NullMarked;
