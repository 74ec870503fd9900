@NullMarked
package io.warren.simulator.enrollment;

import org.jspecify.annotations.NullMarked;
