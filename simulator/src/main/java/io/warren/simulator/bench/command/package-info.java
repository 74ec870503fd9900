/** The command benchmark: one command to a whole fleet that is connected, at a rate, until the last answer is in. */
@NullMarked
package io.warren.simulator.bench.command;

import org.jspecify.annotations.NullMarked;
