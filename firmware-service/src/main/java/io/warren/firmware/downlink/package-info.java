/** Speaking to devices: what they are sent, and what they are told of messages that nobody could read. */
@NullMarked
package io.warren.firmware.downlink;

import org.jspecify.annotations.NullMarked;
