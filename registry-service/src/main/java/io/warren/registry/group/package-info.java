/** Groups of devices: lists, kept by hand. */
@NullMarked
package io.warren.registry.group;

import org.jspecify.annotations.NullMarked;
