@NullMarked
package io.warren.simulator.bench;

import org.jspecify.annotations.NullMarked;
