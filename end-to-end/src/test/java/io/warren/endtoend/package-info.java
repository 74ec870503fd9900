/** The whole platform, started through its script and used only from outside: MQTT, HTTPS and the script itself. */
@NullMarked
package io.warren.endtoend;

import org.jspecify.annotations.NullMarked;
