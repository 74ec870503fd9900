/** Events of the telemetry service. */
@NullMarked
package io.warren.contracts.telemetry;

import org.jspecify.annotations.NullMarked;
