/** The one clock. */
@NullMarked
package io.warren.platform.time;

import org.jspecify.annotations.NullMarked;
