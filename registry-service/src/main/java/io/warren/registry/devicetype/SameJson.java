package io.warren.registry.devicetype;

import java.util.Comparator;
import tools.jackson.databind.JsonNode;

/** JSON that means the same: the database writes numbers in its own way. */
final class SameJson {

    private static final Comparator<JsonNode> BY_VALUE = (left, right) -> {
        if (left.isNumber() && right.isNumber() && isFinite(left) && isFinite(right)) {
            return left.decimalValue().compareTo(right.decimalValue());
        }
        return left.equals(right) ? 0 : 1;
    };

    private SameJson() {}

    static boolean isSame(JsonNode left, JsonNode right) {
        return left.equals(BY_VALUE, right);
    }

    private static boolean isFinite(JsonNode number) {
        return !number.isFloatingPointNumber() || Double.isFinite(number.doubleValue());
    }
}
