/** Timelines, tried. */
@NullMarked
package io.warren.registry.timeline;

import org.jspecify.annotations.NullMarked;
