package io.warren.platform.expression;

import dev.cel.common.CelIssue;
import io.warren.platform.problem.Violation;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in our own words what CEL found wrong, and what may have been meant. */
final class CelErrors {

    private static final Pattern UNDECLARED =
            Pattern.compile("(?:undefined field|undeclared reference to) '([^']*)'.*");
    private static final Pattern NO_OVERLOAD =
            Pattern.compile("found no matching overload for '([^']*)' applied to '\\(?(.*?)\\)?' \\(candidates.*");
    private static final Pattern UNEXPECTED = Pattern.compile(
            "(?:mismatched input|extraneous input|no viable alternative at input|token recognition error at:) '(.*?)'(?: expecting.*)?",
            Pattern.DOTALL);
    private static final String FUNCTIONS =
            "there are size, has, timestamp, duration, startsWith, endsWith and contains";

    /** What other languages write for what CEL writes otherwise. */
    private static final Map<String, String> MEANT = Map.of(
            "=", "did you mean ==?",
            "and", "did you mean &&?",
            "or", "did you mean ||?",
            "not", "did you mean !?",
            "is", "did you mean ==?",
            "like", "did you mean contains()?");

    private final FieldNames names;

    CelErrors(FieldNames names) {
        this.names = names;
    }

    Violation violation(String source, String pointer, CelIssue issue) {
        Violation.Position position = SourceText.position(source, offset(source, issue));
        Matcher undeclared = UNDECLARED.matcher(issue.getMessage());
        if (undeclared.matches()) {
            String name = undeclared.group(1);
            int behind = position.offset() + name.length();
            if (source.startsWith("(", position.offset()) || source.startsWith("(", behind)) {
                return new Violation(pointer, "there is no function " + name, position, FUNCTIONS);
            }
            String whole = prefix(source, position.offset()) + name;
            return new Violation(pointer, "there is no " + whole, position, names.nearest(whole));
        }
        Matcher unexpected = UNEXPECTED.matcher(issue.getMessage());
        if (unexpected.matches()) {
            String text = unexpected.group(1).strip();
            return text.equals("<EOF>")
                    ? new Violation(pointer, "the expression ends too early", position, null)
                    : new Violation(
                            pointer,
                            text + " is not understood here",
                            position,
                            MEANT.get(text.toLowerCase(Locale.ROOT)));
        }
        return new Violation(pointer, words(issue.getMessage()), position, null);
    }

    /** What stands before the dot at an offset, up to where a name cannot go on. */
    private static String prefix(String source, int offset) {
        if (!source.startsWith(".", offset)) {
            return "";
        }
        int start = offset;
        while (start > 0
                && (Character.isJavaIdentifierPart(source.charAt(start - 1)) || source.charAt(start - 1) == '.')) {
            start--;
        }
        return source.substring(start, offset) + ".";
    }

    private static String words(String message) {
        Matcher overload = NO_OVERLOAD.matcher(message);
        if (overload.matches()) {
            return overload.group(1).replace("_", "").replace("@", "") + " does not go with (" + overload.group(2)
                    + ")";
        }
        if (message.contains("recursion limit")) {
            return "the expression is nested more than " + ExpressionLanguage.MAX_DEPTH + " deep";
        }
        return message;
    }

    /** CEL counts lines from 1 and columns from 0, in code points. */
    private static int offset(String source, CelIssue issue) {
        int start = 0;
        for (int line = 1; line < issue.getSourceLocation().getLine(); line++) {
            start = source.indexOf('\n', start) + 1;
        }
        int column = Math.max(0, issue.getSourceLocation().getColumn());
        return source.offsetByCodePoints(start, Math.min(column, source.codePointCount(start, source.length())));
    }
}
