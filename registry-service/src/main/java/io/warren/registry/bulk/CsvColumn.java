package io.warren.registry.bulk;

import io.warren.contracts.device.DeviceForms;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column of an import in CSV.
 *
 * @param kind what it says of a device
 * @param key which tag or identifier; empty otherwise
 * @param pointer where the same stands in JSON
 */
public record CsvColumn(Kind kind, String key, String pointer) {

    /** The most columns there are. */
    public static final int MOST = 500;

    private static final Set<String> READ_ONLY =
            Set.of("connected", "lastSeenAt", "flapping", "silent", "firmware", "createdAt", "version");

    /** What columns say. */
    public enum Kind {
        ID,
        TYPE,
        NAME,
        ENABLED,
        TAG,
        IDENTIFIER,
        GATEWAY,
        READ_ONLY
    }

    /**
     * The columns that a first line names.
     *
     * @throws ProblemException if one of them is none or comes twice, or there is no id
     */
    public static List<CsvColumn> of(List<@Nullable String> names) {
        if (names.size() > MOST) {
            throw new ProblemException(ProblemKind.INVALID, "There are at most " + MOST + " columns.");
        }
        List<CsvColumn> columns = new ArrayList<>();
        List<Violation> violations = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String each : names) {
            String name = each == null ? "" : each.strip();
            CsvColumn column = of(name);
            if (column == null || !seen.add(name)) {
                violations.add(new Violation(
                        name,
                        "line 1, column %d: %s"
                                .formatted(
                                        columns.size() + violations.size() + 1,
                                        column == null ? "there is no such column" : "it comes twice")));
            } else {
                columns.add(column);
            }
        }
        if (!seen.contains("id")) {
            violations.add(new Violation("id", "line 1: the column is missing"));
        }
        if (!violations.isEmpty()) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    "The first line names the columns: id, type, name, enabled, gateway, tags.… and identifiers.… .",
                    violations);
        }
        return columns;
    }

    private static @Nullable CsvColumn of(String name) {
        return switch (name) {
            case "id" -> new CsvColumn(Kind.ID, "", "/id");
            case "type" -> new CsvColumn(Kind.TYPE, "", "/type");
            case "name" -> new CsvColumn(Kind.NAME, "", "/name");
            case "gateway" -> new CsvColumn(Kind.GATEWAY, "", "/gateway");
            case "enabled" -> new CsvColumn(Kind.ENABLED, "", "/enabled");
            case String known when READ_ONLY.contains(known) -> new CsvColumn(Kind.READ_ONLY, "", "/" + known);
            case String tag when tag.matches("tags\\." + DeviceForms.KEY) -> inMap(Kind.TAG, tag);
            case String identifier
            when identifier.matches("identifiers\\." + DeviceForms.KEY) -> inMap(Kind.IDENTIFIER, identifier);
            default -> null;
        };
    }

    private static CsvColumn inMap(Kind kind, String name) {
        return new CsvColumn(kind, name.substring(name.indexOf('.') + 1), "/" + name.replace('.', '/'));
    }
}
