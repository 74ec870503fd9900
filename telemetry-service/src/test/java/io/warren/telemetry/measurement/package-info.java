/** The daily partitions of the measurements, as time goes by. */
@NullMarked
package io.warren.telemetry.measurement;

import org.jspecify.annotations.NullMarked;
