/** Connections to the broker for those who have many messages to take or to give. */
@NullMarked
package io.warren.telemetry.broker;

import org.jspecify.annotations.NullMarked;
