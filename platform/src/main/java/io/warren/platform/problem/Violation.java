package io.warren.platform.problem;

import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/**
 * One place at which a request is wrong.
 *
 * @param pointer a JSON pointer (RFC 6901) into the body, or the name of a parameter
 * @param detail what is wrong there, for people
 */
public record Violation(String pointer, String detail) {

    /** The violation of a value that Jackson could not read, at the place where it stands. */
    public static Violation at(JacksonException refusal, String detail) {
        return new Violation(
                refusal.getPath().stream().map(step -> "/" + name(step)).collect(Collectors.joining()), detail);
    }

    private static String name(JacksonException.Reference step) {
        String property = step.getPropertyName();
        return property == null
                ? String.valueOf(step.getIndex())
                : property.replace("~", "~0").replace("/", "~1");
    }
}
