/** Messages that wait for news of their devices, tried. */
@NullMarked
package io.warren.telemetry.held;

import org.jspecify.annotations.NullMarked;
