/**
 * Whether a device that has proven itself is let in, and what it gets.
 *
 * <p>Who wants a say in that adds a component that is an {@link io.warren.provisioning.admission.AdmissionStep}, in a package of
 * its own, and gives it its place among the constants there.
 */
@NullMarked
package io.warren.provisioning.admission;

import org.jspecify.annotations.NullMarked;
