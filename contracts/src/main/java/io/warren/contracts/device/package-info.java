/** What a device and the platform say to each other: identity and the topic grammar of device protocol, version 1. */
@NullMarked
package io.warren.contracts.device;

import org.jspecify.annotations.NullMarked;
