/** What an enrolment, of one device or of a group, wants done with the devices that come through it. */
@NullMarked
package io.warren.provisioning.policy;

import org.jspecify.annotations.NullMarked;
