package io.warren.platform.problem;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
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

    /** The violation of a constraint on a part of the body. */
    public static Violation at(ConstraintViolation<?> violation) {
        StringBuilder pointer = new StringBuilder();
        for (Path.Node node : violation.getPropertyPath()) {
            Object place = node.getKey() == null ? node.getIndex() : node.getKey();
            if (place != null) {
                pointer.append('/').append(escaped(place.toString()));
            }
            // what is in a collection, and a whole object, have no name of their own in JSON
            if (node.getKind() == ElementKind.PROPERTY) {
                pointer.append('/').append(escaped(node.getName()));
            }
        }
        return new Violation(pointer.toString(), violation.getMessage());
    }

    private static String name(JacksonException.Reference step) {
        String property = step.getPropertyName();
        return property == null ? String.valueOf(step.getIndex()) : escaped(property);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
