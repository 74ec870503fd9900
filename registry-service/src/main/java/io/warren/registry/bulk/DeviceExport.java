package io.warren.registry.bulk;

import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.registry.bulk.ExportColumn.Member;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Hands out all devices of a tenant. */
@Service
class DeviceExport {

    private final ExportPages pages;

    DeviceExport(ExportPages pages) {
        this.pages = pages;
    }

    /** Writes one page after the other, and holds no connection to the database while the caller takes them. */
    void run(TenantId tenant, List<ExportColumn> columns, ExportWriter writer) throws IOException {
        boolean withPresence = columns.contains(Member.CONNECTED) || columns.contains(Member.LAST_SEEN_AT);
        List<ExportedDevice> page = pages.after(tenant, "", withPresence);
        writer.write(page);
        while (page.size() == ExportPages.SIZE) {
            page = pages.after(tenant, page.getLast().id(), withPresence);
            writer.write(page);
        }
    }

    /**
     * Makes a column of each tag and each identifier, for a table.
     *
     * @throws ProblemException if there would be too many
     */
    List<ExportColumn> spread(TenantId tenant, List<ExportColumn> columns) {
        List<ExportColumn> spread = columns.stream()
                .flatMap(column -> switch (column) {
                    case Member.TAGS ->
                        pages.tagKeys(tenant, CsvColumn.MOST).stream().map(ExportColumn.Tag::new);
                    case Member.IDENTIFIERS ->
                        pages.identifierKeys(tenant, CsvColumn.MOST).stream().map(ExportColumn.Identifier::new);
                    default -> Stream.of(column);
                })
                .map(ExportColumn.class::cast)
                .distinct()
                .toList();
        if (spread.size() > CsvColumn.MOST) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    "There would be more than " + CsvColumn.MOST + " columns: choose some with fields.");
        }
        return spread;
    }
}
