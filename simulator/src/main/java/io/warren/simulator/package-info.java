/** Simulated devices for Warren: a demonstration, a fleet, a benchmark. */
@NullMarked
package io.warren.simulator;

import org.jspecify.annotations.NullMarked;
