/** The provisioning benchmark: how fast devices get their identity, and a fleet that finds the platform away. */
@NullMarked
package io.warren.simulator.bench.provisioning;

import org.jspecify.annotations.NullMarked;
