/** Devices over HTTPS, tried. */
@NullMarked
package io.warren.registry.devicehttps;

import org.jspecify.annotations.NullMarked;
