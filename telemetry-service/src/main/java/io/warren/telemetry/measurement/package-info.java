/** Measurements in their daily partitions, and the series they belong to. */
@NullMarked
package io.warren.telemetry.measurement;

import org.jspecify.annotations.NullMarked;
