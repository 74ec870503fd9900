package io.warren.registry.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How many devices there are of each value.
 *
 * @param groups the most frequent values, at most {@value #MOST} of them
 * @param rest what is not in them; absent if nothing is
 * @param total how many devices there are altogether
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Groups(List<Group> groups, @Nullable Rest rest, long total) {

    /** How many groups are told of one by one. */
    static final int MOST = 1_000;

    /** Reads the rows of a count: value, devices of this value, of all values, and the number of values. */
    static Groups of(ResultSet rows, JsonMapper json) throws SQLException {
        List<Group> groups = new ArrayList<>();
        long inGroups = 0;
        long total = 0;
        long number = 0;
        while (rows.next()) {
            String value = rows.getString("value");
            Group group = new Group(value == null ? json.nullNode() : json.readTree(value), rows.getLong("devices"));
            groups.add(group);
            inGroups += group.count();
            total = rows.getLong("total");
            number = rows.getLong("number");
        }
        Rest rest = number > groups.size() ? new Rest(number - groups.size(), total - inGroups) : null;
        return new Groups(groups, rest, total);
    }

    /**
     * The devices of one value.
     *
     * @param value the value; null for those that have none
     * @param count how many they are
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Group(JsonNode value, long count) {}

    /**
     * The devices of the values that are not told of.
     *
     * @param groups how many values these are
     * @param count how many devices have them
     */
    record Rest(long groups, long count) {}
}
