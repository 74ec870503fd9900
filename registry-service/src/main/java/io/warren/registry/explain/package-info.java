/** Answers why something does or does not apply to a device. */
@NullMarked
package io.warren.registry.explain;

import org.jspecify.annotations.NullMarked;
