/** The update of one device: what it is told, what it says, and where that leads. */
@NullMarked
package io.warren.firmware.deployment;

import org.jspecify.annotations.NullMarked;
