package io.warren.platform.expression;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of one part of an expression that is joined to the others by and, or and not.
 *
 * @param expression the part as it was written
 * @param start where in the source it begins, in UTF-16 code units from 0
 * @param end where it ends, behind its last
 * @param seen what stood behind the names in it at that moment, null where nothing did
 * @param outcome whether the part was true
 */
public record Finding(String expression, int start, int end, Map<String, @Nullable Object> seen, boolean outcome) {}
