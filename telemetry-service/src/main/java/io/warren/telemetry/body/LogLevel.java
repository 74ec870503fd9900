package io.warren.telemetry.body;

import java.util.Locale;
import java.util.Optional;

/** How grave a line of a log is. The greater its number, the graver it is. */
public enum LogLevel {
    /** Of use to whoever looks for a fault. */
    DEBUG(0),
    /** As it should be. */
    INFO(1),
    /** Not as it should be, and no harm done. */
    WARN(2),
    /** Something failed. */
    ERROR(3),
    /** The device cannot go on. */
    FATAL(4);

    private final int number;

    LogLevel(int number) {
        this.number = number;
    }

    /** The number under which the database keeps it. */
    public int number() {
        return number;
    }

    /** Reads what the database keeps. */
    public static LogLevel ofNumber(int number) {
        for (LogLevel level : values()) {
            if (level.number == number) {
                return level;
            }
        }
        throw new IllegalArgumentException("no such number: " + number);
    }

    /** The name outside: {@code warn}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a name from outside; empty for any other. */
    public static Optional<LogLevel> of(String name) {
        for (LogLevel level : values()) {
            if (level.wireName().equals(name)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }

    /** All names, as they are told to somebody who has used another. */
    public static String names() {
        return "debug, info, warn, error or fatal";
    }
}
