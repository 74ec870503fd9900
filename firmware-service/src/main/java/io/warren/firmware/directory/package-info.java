/** Which devices there are: a copy of the registry's, fed by its events. */
@NullMarked
package io.warren.firmware.directory;

import org.jspecify.annotations.NullMarked;
