/** Which installation a device belongs to: this one, or one of those that its enrolment names. */
@NullMarked
package io.warren.provisioning.assignment;

import org.jspecify.annotations.NullMarked;
