/** Groups of devices, tried. */
@NullMarked
package io.warren.registry.group;

import org.jspecify.annotations.NullMarked;
