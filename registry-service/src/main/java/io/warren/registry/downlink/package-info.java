/** Messages of the registry to devices, and what it tells a device whose message it refuses. */
@NullMarked
package io.warren.registry.downlink;

import org.jspecify.annotations.NullMarked;
