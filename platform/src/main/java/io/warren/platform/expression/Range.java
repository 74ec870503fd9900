package io.warren.platform.expression;

/**
 * A part of a source text, in UTF-16 code units.
 *
 * @param start where it begins, from 0
 * @param end where it ends, behind its last
 */
record Range(int start, int end) {

    Range hull(Range other) {
        return new Range(Math.min(start, other.start), Math.max(end, other.end));
    }

    String of(String source) {
        return source.substring(start, end);
    }
}
