/** Waking devices, tried. */
@NullMarked
package io.warren.registry.wakeup;

import org.jspecify.annotations.NullMarked;
