/** The update of one device: what it is to do, how that goes, and where it leads. */
@NullMarked
package io.warren.firmware.deployment;

import org.jspecify.annotations.NullMarked;
