package io.warren.provisioning.manifest;

import io.warren.contracts.device.DeviceForms;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.platform.transfer.CsvRecords;
import io.warren.platform.transfer.CsvRows;
import io.warren.platform.transfer.Row;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Entries as CSV. An empty cell says nothing. */
final class CsvEntry implements CsvRows.Reading<String, Entry> {

    /** The most columns that are looked at. */
    static final int MOST_COLUMNS = 20;

    private static final String ELEMENT = "element";
    private static final String DEVICE = "deviceId";
    private static final String PUBLIC_KEY = "publicKey";
    private static final String ATTRIBUTE = "attributes.";
    private static final Pattern COLUMN =
            Pattern.compile(ELEMENT + "|" + DEVICE + "|" + PUBLIC_KEY + "|attributes\\." + DeviceForms.KEY);

    private final List<String> columns;

    /**
     * Rows below a line that names the columns.
     *
     * @throws ProblemException if it names what is no column, or not all that there have to be
     */
    CsvEntry(List<@Nullable String> names) {
        this.columns = columns(names);
    }

    @Override
    public Row<String, Entry> read(long line, List<@Nullable String> cells, int bytes) {
        Entry.Draft draft = new Entry.Draft();
        for (int i = 0; i < columns.size(); i++) {
            String cell = cells.get(i);
            if (cell != null) {
                take(draft, columns.get(i), cell);
            }
        }
        return draft.row(line, bytes);
    }

    private static void take(Entry.Draft draft, String column, String cell) {
        String text;
        try {
            text = CsvRecords.text(cell);
        } catch (CharacterCodingException e) {
            draft.violation(new Violation("/" + column.replace('.', '/'), "is not UTF-8"));
            return;
        }
        switch (column) {
            case ELEMENT -> draft.element(text);
            case DEVICE -> draft.device(text);
            case PUBLIC_KEY -> draft.publicKey(text);
            default -> draft.attribute(column.substring(ATTRIBUTE.length()), text);
        }
    }

    private static List<String> columns(List<@Nullable String> names) {
        List<String> columns = new ArrayList<>();
        List<Violation> violations = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String each : names) {
            String name = each == null ? "" : each.strip();
            columns.add(name);
            if (!COLUMN.matcher(name).matches() || !seen.add(name)) {
                violations.add(new Violation(
                        name,
                        "line 1, column %d: %s"
                                .formatted(
                                        columns.size(),
                                        seen.contains(name) ? "it comes twice" : "there is no such column")));
            }
        }
        for (String needed : List.of(ELEMENT, DEVICE)) {
            if (!seen.contains(needed)) {
                violations.add(new Violation(needed, "line 1: the column is missing"));
            }
        }
        if (!violations.isEmpty()) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    "The first line names the columns: element, deviceId, publicKey and attributes.… .",
                    violations);
        }
        return columns;
    }
}
