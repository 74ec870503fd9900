/** Exports, tried. */
@NullMarked
package io.warren.registry.deviceexport;

import org.jspecify.annotations.NullMarked;
