/** Logs and events, tried. */
@NullMarked
package io.warren.telemetry.diagnostics;

import org.jspecify.annotations.NullMarked;
