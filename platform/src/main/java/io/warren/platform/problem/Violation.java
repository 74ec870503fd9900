package io.warren.platform.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * One place at which a request is wrong.
 *
 * @param pointer a JSON pointer (RFC 6901) into the body, or the name of a parameter
 * @param detail what is wrong there, for people
 * @param position where in the text that stands there; absent if the whole of it is meant
 * @param hint what may have been meant; absent if nothing suggests itself
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Violation(
        String pointer,
        String detail,
        @Nullable Position position,
        @Nullable String hint) {

    /** A violation of a place as a whole. */
    public Violation(String pointer, String detail) {
        this(pointer, detail, null, null);
    }

    /**
     * A place in a text, counted in UTF-16 code units as Java and JavaScript do.
     *
     * @param line from 1
     * @param column from 1, in its line
     * @param offset from 0, in the whole text
     */
    public record Position(int line, int column, int offset) {}

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
