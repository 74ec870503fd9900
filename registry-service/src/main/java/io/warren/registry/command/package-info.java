/** Commands: kept until the device has answered or their time is over, sent whenever the device is there. */
@NullMarked
package io.warren.registry.command;

import org.jspecify.annotations.NullMarked;
