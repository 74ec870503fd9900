/** Imports, tried. */
@NullMarked
package io.warren.registry.deviceimport;

import org.jspecify.annotations.NullMarked;
