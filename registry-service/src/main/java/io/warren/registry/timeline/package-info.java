/** Everything that happened to a device, in the order of time. */
@NullMarked
package io.warren.registry.timeline;

import org.jspecify.annotations.NullMarked;
