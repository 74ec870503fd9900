/** Where a device's data goes. */
@NullMarked
package io.warren.telemetry;

import org.jspecify.annotations.NullMarked;
