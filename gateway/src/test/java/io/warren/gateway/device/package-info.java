/** Devices over HTTPS, tried. */
@NullMarked
package io.warren.gateway.device;

import org.jspecify.annotations.NullMarked;
