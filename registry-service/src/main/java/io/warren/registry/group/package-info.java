/** Groups of devices: lists, kept by hand, and expressions, which have the devices that they are true of. */
@NullMarked
package io.warren.registry.group;

import org.jspecify.annotations.NullMarked;
