/** Closing the connections of devices that may no longer have one. */
@NullMarked
package io.warren.registry.disconnect;

import org.jspecify.annotations.NullMarked;
