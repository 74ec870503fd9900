/** Callers that are turned away come back at a pace and not all at once. */
@NullMarked
package io.warren.platform.pace;

import org.jspecify.annotations.NullMarked;
