/** Tenants' limits, tried. */
@NullMarked
package io.warren.telemetry.tenant;

import org.jspecify.annotations.NullMarked;
