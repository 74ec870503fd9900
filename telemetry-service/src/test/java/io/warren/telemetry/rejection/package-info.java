/** How long refusals are remembered. */
@NullMarked
package io.warren.telemetry.rejection;

import org.jspecify.annotations.NullMarked;
