/** Who does the work that is due every so often. */
@NullMarked
package io.warren.platform.scheduling;

import org.jspecify.annotations.NullMarked;
