package io.warren.registry.deviceexport;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.expression.Expression;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.registry.bulk.CsvColumn;
import io.warren.registry.deviceexport.ExportColumn.Member;
import io.warren.registry.query.DeviceSearch;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Hands out a tenant's devices. */
@Service
class DeviceExport {

    private final ExportPages pages;
    private final DeviceSearch search;

    DeviceExport(ExportPages pages, DeviceSearch search) {
        this.pages = pages;
        this.search = search;
    }

    /**
     * Writes one page after the other, and holds no connection to the database while the caller takes them.
     *
     * @param filter an expression that is true of the devices that are meant; left out, all are
     * @throws ProblemException if the expression is none
     */
    void run(TenantId tenant, @Nullable String filter, List<ExportColumn> columns, ExportWriter writer)
            throws IOException {
        Expression meant =
                filter == null || filter.isBlank() ? null : search.language().compile(filter, "filter");
        boolean withPresence = columns.contains(Member.CONNECTED) || columns.contains(Member.LAST_SEEN_AT);
        List<ExportedDevice> page = page(tenant, meant, null, withPresence);
        writer.write(page);
        while (!page.isEmpty()) {
            page = page(tenant, meant, page.getLast().id(), withPresence);
            writer.write(page);
        }
    }

    private List<ExportedDevice> page(
            TenantId tenant, @Nullable Expression meant, @Nullable DeviceId after, boolean withPresence) {
        return meant == null
                ? pages.after(tenant, after, withPresence)
                : pages.of(tenant, search.matching(tenant, meant, after, ExportPages.SIZE), withPresence);
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
