/** Jobs, tried. */
@NullMarked
package io.warren.registry.job;

import org.jspecify.annotations.NullMarked;
