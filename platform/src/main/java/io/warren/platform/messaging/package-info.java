/** How services read from the broker: JSON bodies, what is tried again and what is set aside. */
@NullMarked
package io.warren.platform.messaging;

import org.jspecify.annotations.NullMarked;
