package io.warren.platform.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.regex.RegularExpression;
import java.util.Optional;

/**
 * A regular expression of a schema, matched in time linear in the text: the syntax is RE2's, which is that of ECMA-262 but for
 * look-around, back references and {@code \}{@code u}.
 */
final class LinearPattern {

    private static final int LONGEST = 500;
    private static final int MOST_ATOMS = 2_000;

    private LinearPattern() {}

    /** The expression as the validator uses it: found anywhere in a text. */
    static RegularExpression of(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return text -> pattern.matcher(text).find();
    }

    /** Why an expression is not taken; empty if it is. */
    static Optional<String> refusal(String regex) {
        if (regex.length() > LONGEST) {
            return Optional.of("a pattern has at most " + LONGEST + " characters");
        }
        if (atoms(regex) > MOST_ATOMS) {
            return Optional.of("a pattern that repeats a repetition this often is too large");
        }
        try {
            Pattern.compile(regex);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("not a pattern in the syntax of RE2, which has no look-around and no back references: "
                    + e.getDescription());
        }
    }

    /**
     * How many atoms an expression has once its counted repetitions are written out, which is what the matcher does. An upper
     * bound: what stands in quotes or classes is read as if it did not.
     */
    private static long atoms(String regex) {
        long[] groups = new long[regex.length() + 1];
        int depth = 0;
        long last = 0;
        for (int i = 0; i < regex.length(); i++) {
            switch (regex.charAt(i)) {
                case '(' -> {
                    groups[++depth] = 0;
                    last = 0;
                }
                case ')' -> {
                    last = groups[depth] + 1;
                    if (depth == 0) {
                        groups[0] = last;
                    } else {
                        groups[--depth] += last;
                    }
                }
                case '{' -> {
                    long times = times(regex, i + 1);
                    groups[depth] += last * (times - 1);
                    last *= times;
                }
                case '\\' -> {
                    i++;
                    last = 1;
                    groups[depth]++;
                }
                default -> {
                    last = 1;
                    groups[depth]++;
                }
            }
            if (last > MOST_ATOMS) {
                return last;
            }
        }
        long sum = 0;
        for (int i = 0; i <= depth; i++) {
            sum += groups[i];
        }
        return sum;
    }

    /** The larger of the numbers up to the closing brace; 1 if there is none. */
    private static long times(String regex, int from) {
        long times = 1;
        long number = 0;
        for (int i = from; i < regex.length() && regex.charAt(i) != '}'; i++) {
            char c = regex.charAt(i);
            number = Character.isDigit(c) ? Math.min(number * 10 + (c - '0'), MOST_ATOMS) : 0;
            times = Math.max(times, number);
        }
        return times;
    }
}
