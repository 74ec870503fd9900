/** Reading from the broker, tried. */
@NullMarked
package io.warren.platform.messaging;

import org.jspecify.annotations.NullMarked;
