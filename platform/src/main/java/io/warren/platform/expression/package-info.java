/** The one language in which devices are found, targeted, routed and watched: parsed once, evaluated in memory or as SQL. */
@NullMarked
package io.warren.platform.expression;

import org.jspecify.annotations.NullMarked;
