/** Whoever tries proofs that are none is slowed down, turned away for a while and told of. */
@NullMarked
package io.warren.provisioning.bruteforce;

import org.jspecify.annotations.NullMarked;
