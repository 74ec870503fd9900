/** Which artifacts make up a version of a device's software, and whether it may be deployed. */
@NullMarked
package io.warren.firmware.release;

import org.jspecify.annotations.NullMarked;
