/**
 * Who a device is: it shows a proof, which is judged without side effects.
 *
 * <p>A new kind of proof is a constant of {@link io.warren.provisioning.attestation.AttestationKind} and a component that is an
 * {@link io.warren.provisioning.attestation.Attestor} of it, in the package that keeps what proofs are checked against. Several
 * may judge one kind: each leaves to the others what is not its own.
 */
@NullMarked
package io.warren.provisioning.attestation;

import org.jspecify.annotations.NullMarked;
