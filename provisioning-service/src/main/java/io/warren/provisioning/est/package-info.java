/** Enrollment over Secure Transport (RFC 7030): certificates for devices that speak the standard and nothing of ours. */
@NullMarked
package io.warren.provisioning.est;

import org.jspecify.annotations.NullMarked;
