@NullMarked
package io.warren.simulator;

import org.jspecify.annotations.NullMarked;
