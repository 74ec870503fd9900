/** Simulated devices that live as real ones do: they bootstrap, measure, lose the network, answer commands and update themselves. */
@NullMarked
package io.warren.simulator.fleet;

import org.jspecify.annotations.NullMarked;
