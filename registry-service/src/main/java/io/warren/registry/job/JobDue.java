package io.warren.registry.job;

/** A job is to go on now: said inside the transaction that has it go on. */
record JobDue() {}
