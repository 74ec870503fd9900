/** How simulated devices get their identity: enrolled by an integrator, registered by themselves. */
@NullMarked
package io.warren.simulator.enrollment;

import org.jspecify.annotations.NullMarked;
