/** A copy of what the registry says about which devices exist. */
@NullMarked
package io.warren.telemetry.directory;

import org.jspecify.annotations.NullMarked;
