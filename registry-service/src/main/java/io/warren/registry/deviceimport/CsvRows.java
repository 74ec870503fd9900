package io.warren.registry.deviceimport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.warren.contracts.device.DeviceId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.registry.bulk.CsvColumn;
import io.warren.registry.bulk.FormulaGuard;
import io.warren.registry.device.DeviceDescription;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows as CSV (RFC 4180) in UTF-8, below a line that names the columns. An empty cell says nothing; one with two quotation marks is
 * an empty text. The text is taken apart as bytes, which is the same in UTF-8, so that a cell in another encoding spoils its own
 * row only.
 */
final class CsvRows implements Rows {

    private final Cells cells = new Cells();
    private final Iterator<List<@Nullable String>> records;
    private final List<CsvColumn> columns;
    private boolean isWhole = true;

    /**
     * Reads the line that names the columns.
     *
     * @throws ProblemException if it is missing or names what is no column
     */
    CsvRows(InputStream body) {
        records = CsvReader.builder()
                .maxBufferSize(2 * Row.MOST_BYTES)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .build(cells, new InputStreamReader(body, ISO_8859_1))
                .iterator();
        try {
            columns = CsvColumn.of(records.hasNext() ? records.next() : List.of());
        } catch (CsvParseException | UncheckedIOException e) {
            throw new ProblemException(ProblemKind.MALFORMED, "The first line is not CSV.");
        }
        cells.most = columns.size();
    }

    @Override
    public @Nullable Row next() {
        try {
            return isWhole && records.hasNext() ? read(records.next()) : null;
        } catch (CsvParseException | UncheckedIOException e) {
            isWhole = false;
            return Row.refused(
                    cells.line + 1,
                    null,
                    new ProblemException(
                            ProblemKind.MALFORMED,
                            "From here on it cannot be read: look for a quotation mark that is not closed or not doubled."));
        }
    }

    @Override
    public boolean isWhole() {
        return isWhole;
    }

    private Row read(List<@Nullable String> record) {
        long line = cells.line;
        if (cells.bytes > Row.MOST_BYTES) {
            return Row.tooLong(line);
        }
        if (cells.count != columns.size()) {
            return Row.refused(
                    line,
                    null,
                    new ProblemException(
                            ProblemKind.MALFORMED,
                            "The row has " + cells.count + " cells, the first line " + columns.size() + "."));
        }
        Description description = new Description();
        for (int i = 0; i < record.size(); i++) {
            description.take(columns.get(i), record.get(i));
        }
        return description.row(line, cells.bytes);
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
                text = FormulaGuard.unguard(UTF_8.newDecoder()
                        .decode(ByteBuffer.wrap(cell.getBytes(ISO_8859_1)))
                        .toString());
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
        Row row(long line, int bytes) {
            if (id == null) {
                violations.add(new Violation("/id", "an id has the form " + DeviceId.FORM));
            }
            return id == null || !violations.isEmpty()
                    ? Row.invalid(line, id, violations)
                    : Row.of(line, id, new DeviceDescription(type, name, tags, identifiers, gateway, enabled), bytes);
        }
    }

    /** Collects the cells of a row, as long as they are wanted. */
    private static final class Cells extends AbstractBaseCsvCallbackHandler<List<@Nullable String>> {

        private List<@Nullable String> record = new ArrayList<>();
        private int most = CsvColumn.MOST + 1;
        private long line;
        private int count;
        private int bytes;

        @Override
        protected void handleBegin(long startingLine) {
            record = new ArrayList<>();
            line = startingLine;
            count = 0;
            bytes = 0;
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            count++;
            bytes += length + 1;
            if (count <= most && bytes <= Row.MOST_BYTES) {
                record.add(length == 0 && !quoted ? null : new String(buffer, offset, length));
            }
        }

        @Override
        protected List<@Nullable String> buildRecord() {
            return record;
        }
    }
}
