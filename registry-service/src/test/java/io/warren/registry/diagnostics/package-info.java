/** Bundles of diagnostics, tried. */
@NullMarked
package io.warren.registry.diagnostics;

import org.jspecify.annotations.NullMarked;
