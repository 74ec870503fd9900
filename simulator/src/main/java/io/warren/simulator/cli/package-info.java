/** What the simulator's commands share at the terminal: reading options, drawing. */
@NullMarked
package io.warren.simulator.cli;

import org.jspecify.annotations.NullMarked;
