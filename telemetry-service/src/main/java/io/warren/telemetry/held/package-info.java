/**
 * What gateway devices say for devices of which the registry has not told yet: kept until it has, or for a while, so that nothing
 * that was acknowledged is lost to the order in which news arrive.
 */
@NullMarked
package io.warren.telemetry.held;

import org.jspecify.annotations.NullMarked;
