/** The secrets of enrolments, sealed with a key that is not in the database. */
@NullMarked
package io.warren.provisioning.sealing;

import org.jspecify.annotations.NullMarked;
