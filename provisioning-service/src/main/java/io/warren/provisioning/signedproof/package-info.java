/** What devices sign with a key of their own to prove that they have it: a JWS (RFC 7515), and the public keys that it is checked with. */
@NullMarked
package io.warren.provisioning.signedproof;

import org.jspecify.annotations.NullMarked;
