package io.warren.platform.transfer;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.io.InputStream;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows as CSV, below a line that names the columns. */
public final class CsvRows<K, V> implements Rows<K, V> {

    private final CsvRecords records;
    private final int mostBytes;
    private final int columns;
    private final Reading<K, V> reading;
    private boolean isWhole = true;

    /**
     * Reads the line that names the columns.
     *
     * @param mostBytes how many bytes a row may have
     * @param mostColumns how many columns are wanted
     * @param columns what rows below a line of these names say
     * @throws ProblemException if it is missing, or the names are no columns
     */
    public CsvRows(
            InputStream body, int mostBytes, int mostColumns, Function<List<@Nullable String>, Reading<K, V>> columns) {
        this.records = new CsvRecords(body, mostBytes, mostColumns);
        this.mostBytes = mostBytes;
        try {
            CsvRecords.Line first = records.next();
            List<@Nullable String> names = first == null ? List.of() : first.cells();
            this.reading = columns.apply(names);
            this.columns = names.size();
        } catch (CsvRecords.Unreadable e) {
            throw new ProblemException(ProblemKind.MALFORMED, "The first line is not CSV.");
        }
    }

    /** Tells what the cells of a row say. */
    @FunctionalInterface
    public interface Reading<K, V> {

        /**
         * The row that a line is, or its refusal.
         *
         * @param cells one for each column, undecoded ({@link CsvRecords#text}); null for one that is empty and not quoted
         */
        Row<K, V> read(long line, List<@Nullable String> cells, int bytes);
    }

    @Override
    public @Nullable Row<K, V> next() {
        if (!isWhole) {
            return null;
        }
        try {
            CsvRecords.Line record = records.next();
            return record == null ? null : read(record);
        } catch (CsvRecords.Unreadable e) {
            isWhole = false;
            return Row.malformed(
                    e.line(),
                    "From here on it cannot be read: look for a quotation mark that is not closed or not doubled.");
        }
    }

    @Override
    public boolean isWhole() {
        return isWhole;
    }

    private Row<K, V> read(CsvRecords.Line record) {
        if (records.isCut(record)) {
            return Row.tooLong(record.number(), mostBytes);
        }
        return record.count() == columns
                ? reading.read(record.number(), record.cells(), record.bytes())
                : Row.malformed(
                        record.number(), "The row has " + record.count() + " cells, the first line " + columns + ".");
    }
}
