package io.warren.simulator.cli;

/** The command cannot start as it was asked to; the message says what to change. */
public final class UsageException extends RuntimeException {

    public UsageException(String message) {
        super(message);
    }
}
