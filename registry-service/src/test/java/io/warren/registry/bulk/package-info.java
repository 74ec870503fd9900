/** Imports and exports, tried. */
@NullMarked
package io.warren.registry.bulk;

import org.jspecify.annotations.NullMarked;
