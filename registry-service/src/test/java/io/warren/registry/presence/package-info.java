/** Presence, tried. */
@NullMarked
package io.warren.registry.presence;

import org.jspecify.annotations.NullMarked;
