/** Files for devices: taken in as a stream, kept under their id, given out by others. */
@NullMarked
package io.warren.firmware.artifact;

import org.jspecify.annotations.NullMarked;
