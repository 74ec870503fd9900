/** Bootstrap over MQTT: who may connect for it, what they ask, and the answers that only they hear. */
@NullMarked
package io.warren.provisioning.bootstrapmqtt;

import org.jspecify.annotations.NullMarked;
