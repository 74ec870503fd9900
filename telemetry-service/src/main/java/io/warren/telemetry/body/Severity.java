package io.warren.telemetry.body;

import java.util.Locale;
import java.util.Optional;

/** How grave an event is. The greater its number, the graver it is. */
public enum Severity {
    /** Good to know. */
    INFO(0),
    /** Somebody should look at it some time. */
    WARNING(1),
    /** Something failed. */
    ERROR(2),
    /** Somebody should look at it now. */
    CRITICAL(3);

    private final int number;

    Severity(int number) {
        this.number = number;
    }

    /** The number under which the database keeps it. */
    public int number() {
        return number;
    }

    /** Reads what the database keeps. */
    public static Severity ofNumber(int number) {
        for (Severity severity : values()) {
            if (severity.number == number) {
                return severity;
            }
        }
        throw new IllegalArgumentException("no such number: " + number);
    }

    /** The name outside: {@code warning}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a name from outside; empty for any other. */
    public static Optional<Severity> of(String name) {
        for (Severity severity : values()) {
            if (severity.wireName().equals(name)) {
                return Optional.of(severity);
            }
        }
        return Optional.empty();
    }

    /** All names, as they are told to somebody who has used another. */
    public static String names() {
        return "info, warning, error or critical";
    }
}
