package io.warren.platform.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of CSV (RFC 4180) in UTF-8, in constant memory. The text is taken apart as bytes, which is the same in UTF-8, so that
 * a cell in another encoding spoils its own record only.
 */
public final class CsvRecords {

    private final Cells cells;
    private final int mostBytes;
    private final Iterator<Line> records;

    /**
     * The records of a stream.
     *
     * @param mostBytes how many bytes of a record are wanted; one with twice as many cannot be told from its successors
     * @param mostCells how many cells of a record are wanted
     */
    public CsvRecords(InputStream source, int mostBytes, int mostCells) {
        this.mostBytes = mostBytes;
        this.cells = new Cells(mostBytes, mostCells);
        this.records = CsvReader.builder()
                .maxBufferSize(2 * mostBytes)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .build(cells, new InputStreamReader(source, ISO_8859_1))
                .iterator();
    }

    /**
     * A record.
     *
     * @param number the line on which it begins, from 1
     * @param cells what stands in it, undecoded, as far as it is wanted; null for a cell that is empty and not quoted
     * @param count how many cells it has
     * @param bytes about how long it is
     */
    public record Line(long number, List<@Nullable String> cells, int count, int bytes) {}

    /**
     * The next record, or null behind the last.
     *
     * @throws Unreadable if records cannot be told apart from here on; there are none behind it
     */
    public @Nullable Line next() throws Unreadable {
        try {
            return records.hasNext() ? records.next() : null;
        } catch (CsvParseException | UncheckedIOException e) {
            throw new Unreadable(cells.line + 1, e);
        }
    }

    /** Whether a record is longer than wanted, so that its cells are not all there. */
    public boolean isCut(Line record) {
        return record.bytes() > mostBytes;
    }

    /**
     * The text of a cell, without what keeps spreadsheets from running it.
     *
     * @throws CharacterCodingException if it is not UTF-8
     */
    public static String text(String cell) throws CharacterCodingException {
        return FormulaGuard.unguard(UTF_8.newDecoder()
                .decode(ByteBuffer.wrap(cell.getBytes(ISO_8859_1)))
                .toString());
    }

    /** The rest cannot be read: a quotation mark is not closed, perhaps, or the stream is broken. */
    public static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        private final long line;

        Unreadable(long line, Exception cause) {
            super(cause);
            this.line = line;
        }

        /** The line from which on it cannot be read, from 1. */
        public long line() {
            return line;
        }
    }

    /** Collects the cells of a record, as long as they are wanted. */
    private static final class Cells extends AbstractBaseCsvCallbackHandler<Line> {

        private final int mostBytes;
        private final int mostCells;
        private List<@Nullable String> record = new ArrayList<>();
        private long line;
        private int count;
        private int bytes;

        Cells(int mostBytes, int mostCells) {
            this.mostBytes = mostBytes;
            this.mostCells = mostCells;
        }

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
            if (count <= mostCells && bytes <= mostBytes) {
                record.add(length == 0 && !quoted ? null : new String(buffer, offset, length));
            }
        }

        @Override
        protected Line buildRecord() {
            return new Line(line, record, count, bytes);
        }
    }
}
