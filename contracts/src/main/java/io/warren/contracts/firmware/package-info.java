/** Events of firmware: how a device's software is kept up to date. */
@NullMarked
package io.warren.contracts.firmware;

import org.jspecify.annotations.NullMarked;
