package io.warren.registry.deviceimport;

import io.warren.contracts.device.DeviceId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.Violation;
import io.warren.platform.transfer.CsvRecords;
import io.warren.platform.transfer.CsvRows;
import io.warren.platform.transfer.Row;
import io.warren.registry.bulk.CsvColumn;
import io.warren.registry.device.DeviceDescription;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Devices as CSV. An empty cell says nothing; one with two quotation marks is an empty text. */
final class CsvDevice implements CsvRows.Reading<DeviceId, DeviceDescription> {

    private final List<CsvColumn> columns;

    /**
     * Rows below a line that names the columns.
     *
     * @throws ProblemException if it names what is no column
     */
    CsvDevice(List<@Nullable String> names) {
        this.columns = CsvColumn.of(names);
    }

    @Override
    public Row<DeviceId, DeviceDescription> read(long line, List<@Nullable String> cells, int bytes) {
        Description description = new Description();
        for (int i = 0; i < columns.size(); i++) {
            description.take(columns.get(i), cells.get(i));
        }
        return description.row(line, bytes);
    }

    /** What the cells of a row come to. */
    private static final class Description {

        private final Map<String, String> tags = new HashMap<>();
        private final Map<String, String> identifiers = new HashMap<>();
        private final List<Violation> violations = new ArrayList<>();
        private @Nullable DeviceId id;
        private @Nullable String type;
        private @Nullable String name;
        private @Nullable DeviceId gateway;
        private @Nullable Boolean enabled;

        void take(CsvColumn column, @Nullable String cell) {
            if (cell == null) {
                return;
            }
            String text;
            try {
                text = CsvRecords.text(cell);
            } catch (CharacterCodingException e) {
                violations.add(new Violation(column.pointer(), "is not UTF-8"));
                return;
            }
            switch (column.kind()) {
                case ID -> id = DeviceId.isValid(text) ? new DeviceId(text) : null;
                case TYPE -> type = text;
                case NAME -> name = text;
                case ENABLED -> enabled = enabled(column, text);
                case TAG -> tags.put(column.key(), text);
                case IDENTIFIER -> identifiers.put(column.key(), text);
                case GATEWAY -> gateway = gateway(column, text);
                case READ_ONLY -> {
                    // what the platform says of a device is read over, as in JSON
                }
            }
        }

        private @Nullable DeviceId gateway(CsvColumn column, String text) {
            if (DeviceId.isValid(text)) {
                return new DeviceId(text);
            }
            violations.add(new Violation(column.pointer(), "an id has the form " + DeviceId.FORM));
            return null;
        }

        private @Nullable Boolean enabled(CsvColumn column, String text) {
            return switch (text) {
                case "true", "TRUE" -> true;
                case "false", "FALSE" -> false;
                default -> {
                    violations.add(new Violation(column.pointer(), "true or false"));
                    yield null;
                }
            };
        }

        @SuppressWarnings("NullAway") // what is left out takes the description's own defaults
        Row<DeviceId, DeviceDescription> row(long line, int bytes) {
            if (id == null) {
                violations.add(new Violation("/id", "an id has the form " + DeviceId.FORM));
            }
            return id == null || !violations.isEmpty()
                    ? Row.invalid(line, id, violations)
                    : Row.of(line, id, new DeviceDescription(type, name, tags, identifiers, gateway, enabled), bytes);
        }
    }
}
