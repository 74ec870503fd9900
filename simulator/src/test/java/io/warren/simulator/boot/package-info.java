@NullMarked
package io.warren.simulator.boot;

import org.jspecify.annotations.NullMarked;
