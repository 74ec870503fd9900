package io.warren.registry.document;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.platform.web.CleanText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How large and how deep a document may be, and what the database can keep of it. */
public final class DocumentBounds {

    /** The most bytes of a document in UTF-8, without spaces and with all digits of its numbers. */
    public static final int MOST_BYTES = 32 * 1024;

    /** How deep objects and arrays stand in each other at the most; the document itself is the first. */
    public static final int MOST_LEVELS = 16;

    /** How many digits a number has at the most, before and behind its point. */
    public static final int MOST_DIGITS = 100;

    private static final ProblemKind TOO_LARGE =
            new ProblemKind("document-too-large", HttpStatus.CONTENT_TOO_LARGE, "Document too large");

    private DocumentBounds() {}

    /**
     * Checks a document.
     *
     * @throws ProblemException that says what is wrong with it, and where
     */
    public static void check(ObjectNode document) {
        check(document, "", 1);
        int size = Documents.write(document).getBytes(StandardCharsets.UTF_8).length;
        if (size > MOST_BYTES) {
            throw new ProblemException(
                    TOO_LARGE, "The document would have " + size + " bytes; at most " + MOST_BYTES + " are kept.");
        }
    }

    private static void check(JsonNode value, String pointer, int level) {
        switch (value) {
            case ObjectNode object -> {
                checkLevel(pointer, level);
                object.forEachEntry((name, member) -> {
                    checkText(name, pointer);
                    check(member, pointer + "/" + name.replace("~", "~0").replace("/", "~1"), level + 1);
                });
            }
            case ArrayNode array -> {
                checkLevel(pointer, level);
                for (int index = 0; index < array.size(); index++) {
                    check(array.get(index), pointer + "/" + index, level + 1);
                }
            }
            default -> checkScalar(value, pointer);
        }
    }

    private static void checkScalar(JsonNode value, String pointer) {
        if (value.isString()) {
            checkText(value.stringValue(), pointer);
        } else if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            if (number.scale() > MOST_DIGITS || number.precision() - (long) number.scale() > MOST_DIGITS) {
                throw invalid(pointer, "a number with at most " + MOST_DIGITS + " digits before and behind its point");
            }
        }
    }

    private static void checkLevel(String pointer, int level) {
        if (level > MOST_LEVELS) {
            throw invalid(pointer, "at most " + MOST_LEVELS + " objects and arrays in each other");
        }
    }

    private static void checkText(String text, String pointer) {
        if (!CleanText.Validator.isClean(text)) {
            throw invalid(pointer, "no NUL and no half of a surrogate pair");
        }
    }

    private static ProblemException invalid(String pointer, String detail) {
        return new ProblemException(
                ProblemKind.INVALID,
                "The document would not be allowed to be as it is.",
                List.of(new Violation(pointer, detail)));
    }
}
