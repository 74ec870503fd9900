/** The parts of the ingest benchmark that calculate, tried. */
@NullMarked
package io.warren.simulator.bench.ingest;

import org.jspecify.annotations.NullMarked;
