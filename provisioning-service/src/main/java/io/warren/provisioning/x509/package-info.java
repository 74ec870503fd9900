/** X.509 certificates as integrators and devices show them: read, taken apart, and held against the authorities of a tenant (RFC 5280). */
@NullMarked
package io.warren.provisioning.x509;

import org.jspecify.annotations.NullMarked;
