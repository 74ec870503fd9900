/** The ingest benchmark: the broker's ceiling and what the whole platform makes of it, in one run on one machine. */
@NullMarked
package io.warren.simulator.bench.ingest;

import org.jspecify.annotations.NullMarked;
