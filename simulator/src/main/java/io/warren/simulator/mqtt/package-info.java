/** The publishing half of MQTT 5.0, cheap enough that thousands of connections at full speed cost a benchmark next to nothing. */
@NullMarked
package io.warren.simulator.mqtt;

import org.jspecify.annotations.NullMarked;
