/** Messages handled once, however often they arrive. */
@NullMarked
package io.warren.platform.inbox;

import org.jspecify.annotations.NullMarked;
