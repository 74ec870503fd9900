/** Device types, tried. */
@NullMarked
package io.warren.registry.devicetype;

import org.jspecify.annotations.NullMarked;
