/** What a device shows where there is room for one text only: as an MQTT password, or with HTTP Basic authentication. */
@NullMarked
package io.warren.provisioning.proof;

import org.jspecify.annotations.NullMarked;
