/** What was refused and why, for those who look after the devices. */
@NullMarked
package io.warren.telemetry.rejection;

import org.jspecify.annotations.NullMarked;
