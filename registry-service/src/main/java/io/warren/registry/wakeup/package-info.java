/** Waking devices that sleep while something waits for them: one message at a time, until they come or nothing waits any more. */
@NullMarked
package io.warren.registry.wakeup;

import org.jspecify.annotations.NullMarked;
