/** The service as a whole. */
@NullUnmarked
package io.warren.telemetry;

import org.jspecify.annotations.NullUnmarked;
