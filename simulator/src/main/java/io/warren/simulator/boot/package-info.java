/** {@code boot}: devices fresh from the factory get their identity, thousands of them. */
@NullMarked
package io.warren.simulator.boot;

import org.jspecify.annotations.NullMarked;
