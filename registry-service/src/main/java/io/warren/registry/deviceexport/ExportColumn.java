package io.warren.registry.deviceexport;

import io.warren.contracts.device.DeviceForms;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.registry.bulk.CsvColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an export says of a device: a member of its JSON, or one of its tags or identifiers. */
sealed interface ExportColumn {

    /** What an import takes. */
    List<ExportColumn> IMPORTABLE = List.of(
            Member.ID, Member.TYPE, Member.NAME, Member.ENABLED, Member.TAGS, Member.IDENTIFIERS, Member.GATEWAY);

    /** Its name in {@code fields}, and above its column. */
    String label();

    /** A member. */
    enum Member implements ExportColumn {
        ID("id"),
        TYPE("type"),
        NAME("name"),
        ENABLED("enabled"),
        TAGS("tags"),
        IDENTIFIERS("identifiers"),
        GATEWAY("gateway"),
        CONNECTED("connected"),
        LAST_SEEN_AT("lastSeenAt"),
        CREATED_AT("createdAt"),
        VERSION("version");

        private final String label;

        Member(String label) {
            this.label = label;
        }

        @Override
        public String label() {
            return label;
        }
    }

    /** One tag. */
    record Tag(String key) implements ExportColumn {
        @Override
        public String label() {
            return Member.TAGS.label + "." + key;
        }
    }

    /** One identifier. */
    record Identifier(String key) implements ExportColumn {
        @Override
        public String label() {
            return Member.IDENTIFIERS.label + "." + key;
        }
    }

    /**
     * The columns that a caller asked for, in that order; without any, those that an import takes.
     *
     * @param fields names with commas in between
     * @throws ProblemException if one of them is no column
     */
    static List<ExportColumn> of(@Nullable String fields) {
        if (fields == null || fields.isBlank()) {
            return IMPORTABLE;
        }
        Set<ExportColumn> columns = new LinkedHashSet<>();
        List<Violation> violations = new ArrayList<>();
        for (String name : fields.split(",", -1)) {
            find(name.strip())
                    .ifPresentOrElse(
                            columns::add, () -> violations.add(new Violation("fields", "there is no '" + name + "'")));
        }
        if (!violations.isEmpty() || columns.size() > CsvColumn.MOST) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    "Up to " + CsvColumn.MOST + " fields of a device can be asked for, such as id or tags.site.",
                    violations.stream().limit(10).toList());
        }
        return List.copyOf(columns);
    }

    private static Optional<? extends ExportColumn> find(String name) {
        if (name.matches("tags\\." + DeviceForms.KEY)) {
            return Optional.of(new Tag(key(name)));
        }
        if (name.matches("identifiers\\." + DeviceForms.KEY)) {
            return Optional.of(new Identifier(key(name)));
        }
        return Arrays.stream(Member.values())
                .filter(member -> member.label.equals(name))
                .findFirst();
    }

    private static String key(String name) {
        return name.substring(name.indexOf('.') + 1);
    }
}
