/** What devices send over HTTPS, for those that keep no connection to the broker: it goes the same way as over MQTT. */
@NullMarked
package io.warren.telemetry.uplink;

import org.jspecify.annotations.NullMarked;
