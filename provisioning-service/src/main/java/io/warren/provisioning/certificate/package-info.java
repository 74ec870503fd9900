/** The certificates that devices were given: issued, listed, revoked, and watched as they come to their end. */
@NullMarked
package io.warren.provisioning.certificate;

import org.jspecify.annotations.NullMarked;
