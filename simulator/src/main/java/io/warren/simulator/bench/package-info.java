/** What benchmarks have in common: devices that sign in, the machine they run on, and figures. */
@NullMarked
package io.warren.simulator.bench;

import org.jspecify.annotations.NullMarked;
