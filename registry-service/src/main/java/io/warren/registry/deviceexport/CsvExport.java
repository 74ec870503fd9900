package io.warren.registry.deviceexport;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.warren.platform.transfer.FormulaGuard;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Devices as CSV. */
final class CsvExport implements ExportWriter {

    /** The media type of CSV. */
    static final String MEDIA_TYPE = "text/csv";

    private final HttpServletResponse response;
    private final List<ExportColumn> columns;
    private @Nullable CsvWriter writer;

    /** An export whose columns are members of one value each, tags or identifiers. */
    CsvExport(HttpServletResponse response, List<ExportColumn> columns) {
        this.response = response;
        this.columns = columns;
    }

    @Override
    public void write(List<ExportedDevice> page) throws IOException {
        CsvWriter begun = writer;
        if (begun == null) {
            begun = begin();
            writer = begun;
        }
        for (ExportedDevice device : page) {
            begun.writeRecord(
                    columns.stream().map(column -> cell(device.value(column))).toList());
        }
        begun.flush();
    }

    private CsvWriter begin() throws IOException {
        response.setContentType(MEDIA_TYPE);
        response.setCharacterEncoding(UTF_8.name());
        CsvWriter begun =
                CsvWriter.builder().quoteStrategy(QuoteStrategies.EMPTY).build(response.getOutputStream(), UTF_8);
        begun.writeRecord(columns.stream().map(ExportColumn::label).toList());
        return begun;
    }

    private static @Nullable String cell(@Nullable Object value) {
        return value == null ? null : FormulaGuard.guard(value.toString());
    }
}
