/** How a device's software is kept up to date. */
@NullMarked
package io.warren.firmware;

import org.jspecify.annotations.NullMarked;
