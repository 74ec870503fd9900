/** Enrolments for a site without a network: taken out of one installation and brought into another in a file that a passphrase locks. */
@NullMarked
package io.warren.provisioning.offlinebundle;

import org.jspecify.annotations.NullMarked;
