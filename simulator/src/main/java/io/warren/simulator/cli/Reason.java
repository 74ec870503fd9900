package io.warren.simulator.cli;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Failures in words. */
public final class Reason {

    private Reason() {}

    /** The messages of a failure and of its causes, in one line. */
    public static String of(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(cause -> Objects.requireNonNullElse(
                        cause.getMessage(), cause.getClass().getSimpleName()))
                .distinct()
                .collect(Collectors.joining(": "));
    }
}
