/** What devices send over HTTPS, tried. */
@NullMarked
package io.warren.telemetry.uplink;

import org.jspecify.annotations.NullMarked;
