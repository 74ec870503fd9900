/** Says which certificates are revoked: lists over HTTP and as files for the broker, and OCSP. */
@NullMarked
package io.warren.provisioning.revocation;

import org.jspecify.annotations.NullMarked;
