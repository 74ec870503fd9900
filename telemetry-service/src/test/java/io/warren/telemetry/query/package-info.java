/** The history of a device and its newest measurements, over REST. */
@NullMarked
package io.warren.telemetry.query;

import org.jspecify.annotations.NullMarked;
