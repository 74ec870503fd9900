/** How what is kept is read: by a few at a time, in pages that fit into memory, the days in question only. */
@NullMarked
package io.warren.telemetry.reading;

import org.jspecify.annotations.NullMarked;
