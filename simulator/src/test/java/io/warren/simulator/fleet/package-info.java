@NullMarked
package io.warren.simulator.fleet;

import org.jspecify.annotations.NullMarked;
