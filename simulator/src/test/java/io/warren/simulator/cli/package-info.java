@NullMarked
package io.warren.simulator.cli;

import org.jspecify.annotations.NullMarked;
