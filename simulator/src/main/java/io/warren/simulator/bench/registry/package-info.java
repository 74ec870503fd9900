/** How fast the registry is with many devices. */
@NullMarked
package io.warren.simulator.bench.registry;

import org.jspecify.annotations.NullMarked;
