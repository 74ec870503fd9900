/** Who may bootstrap: enrolments, their claim tokens, and the one device that each admits. */
@NullMarked
package io.warren.provisioning.enrollment;

import org.jspecify.annotations.NullMarked;
