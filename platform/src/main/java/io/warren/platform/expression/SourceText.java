package io.warren.platform.expression;

import dev.cel.common.ast.CelExpr;
import io.warren.platform.problem.Violation.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in the source an expression stands. CEL keeps one position for each, that of its sign or its first token; from the tokens
 * and their brackets follows where it begins and ends.
 */
final class SourceText {

    private static final Pattern TOKEN = Pattern.compile("""
            //[^\\n]*\
            |[bB]?[rR][bB]?(?:\"""[\\s\\S]*?\"""|'''[\\s\\S]*?'''|"[^"\\n]*"|'[^'\\n]*')\
            |[bB]?(?:\"""(?:\\\\[\\s\\S]|[^\\\\])*?\"""|'''(?:\\\\[\\s\\S]|[^\\\\])*?'''\
            |"(?:\\\\.|[^"\\\\\\n])*"|'(?:\\\\.|[^'\\\\\\n])*')\
            |`[^`\\n]*`\
            |0[xX][0-9a-fA-F]+[uU]?|(?:[0-9]+(?:\\.[0-9]+)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?[uU]?\
            |[A-Za-z_][A-Za-z0-9_]*\
            |\\S""");

    private final String source;
    private final Map<Long, Integer> positions;
    private final NavigableMap<Integer, Range> tokens = new TreeMap<>();
    private final Map<Integer, Integer> partners = new HashMap<>();
    private final Map<Long, Range> ranges = new HashMap<>();

    /**
     * Takes a source apart.
     *
     * @param positions where each expression's sign stands, in code points
     */
    SourceText(String source, Map<Long, Integer> positions) {
        this.source = source;
        this.positions = positions;
        Deque<Range> open = new ArrayDeque<>();
        for (Matcher matcher = TOKEN.matcher(source); matcher.find(); ) {
            if (matcher.group().startsWith("//")) {
                continue;
            }
            Range token = new Range(matcher.start(), matcher.end());
            tokens.put(token.start(), token);
            switch (matcher.group()) {
                case "(", "[", "{" -> open.push(token);
                case ")", "]", "}" -> {
                    if (!open.isEmpty()) {
                        int opening = open.pop().start();
                        partners.put(opening, token.start());
                        partners.put(token.start(), opening);
                    }
                }
                default -> {
                    // neither opens nor closes
                }
            }
        }
    }

    String source() {
        return source;
    }

    /** Where an expression's sign or first token stands. */
    int offset(CelExpr expression) {
        int codePoint = positions.getOrDefault(expression.id(), 0);
        return source.offsetByCodePoints(0, Math.min(codePoint, source.codePointCount(0, source.length())));
    }

    /** From where to where an expression goes. */
    Range range(CelExpr expression) {
        Range known = ranges.get(expression.id());
        if (known == null) {
            known = find(expression);
            ranges.put(expression.id(), known);
        }
        return known;
    }

    private Range find(CelExpr expression) {
        int offset = offset(expression);
        Map.Entry<Integer, Range> own = tokens.floorEntry(offset);
        Range range = own == null ? new Range(offset, offset) : own.getValue();
        boolean called = range.of(source).equals("(") && isGlobal(expression);
        boolean negative = isNegative(expression);
        if (called || negative) {
            Map.Entry<Integer, Range> before = tokens.lowerEntry(range.start());
            range = before == null ? range : range.hull(before.getValue());
        }
        if (range.of(source).equals(".")) {
            Map.Entry<Integer, Range> behind = tokens.higherEntry(range.start());
            range = behind == null ? range : range.hull(behind.getValue());
        }
        for (CelExpr part : parts(expression)) {
            range = range.hull(range(part));
        }
        return balanced(range);
    }

    /** The position of an offset. */
    Position position(int offset) {
        return position(source, offset);
    }

    /** The position of an offset in any text. */
    static Position position(String source, int offset) {
        int line = 1;
        int lineStart = 0;
        for (int newline = source.indexOf('\n'); newline >= 0 && newline < offset; ) {
            line++;
            lineStart = newline + 1;
            newline = source.indexOf('\n', lineStart);
        }
        return new Position(line, offset - lineStart + 1, offset);
    }

    /** Makes a range whole: a bracket comes with its partner and with all that is between them. */
    private Range balanced(Range range) {
        Range whole = range;
        boolean grown = true;
        while (grown) {
            Range before = whole;
            for (int start : List.copyOf(
                    tokens.subMap(whole.start(), true, whole.end(), false).keySet())) {
                Integer partner = partners.get(start);
                if (partner != null) {
                    whole = whole.hull(new Range(partner, partner + 1));
                }
            }
            grown = !whole.equals(before);
        }
        return whole;
    }

    private static boolean isGlobal(CelExpr expression) {
        return switch (expression.getKind()) {
            case CALL -> expression.call().target().isEmpty();
            case SELECT -> expression.select().testOnly();
            default -> false;
        };
    }

    private static boolean isNegative(CelExpr expression) {
        return expression.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && switch (expression.constant().getKind()) {
                    case INT64_VALUE -> expression.constant().int64Value() < 0;
                    case DOUBLE_VALUE -> expression.constant().doubleValue() < 0;
                    default -> false;
                };
    }

    private static List<CelExpr> parts(CelExpr expression) {
        return switch (expression.getKind()) {
            case SELECT -> List.of(expression.select().operand());
            case CALL -> {
                List<CelExpr> parts = new ArrayList<>(expression.call().args());
                expression.call().target().ifPresent(parts::add);
                yield parts;
            }
            case LIST -> expression.list().elements();
            default -> List.of();
        };
    }
}
