package io.warren.provisioning.attestation;

/** What is made of a proof. */
public sealed interface Verdict permits Attested, Refusal {}
