package io.warren.registry.deviceimport;

import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.security.Caller;
import io.warren.registry.bulk.AnswerLines;
import io.warren.registry.bulk.Transfers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Imports of devices over REST. */
@RestController
class ImportController {

    private static final ProblemKind ENCODING = new ProblemKind(
            "unsupported-encoding",
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "The body is encoded in a way that is not known");
    private static final int MOST = 8;
    private static final int MOST_OF_A_TENANT = 2;
    private static final int ZIPPED_AT_A_TIME = 64 * 1024;
    private static final String CSV = "text/csv";

    private final DeviceImport devices;
    private final BulkProperties properties;
    private final JsonMapper json;
    private final Transfers transfers = new Transfers(MOST, MOST_OF_A_TENANT);

    ImportController(DeviceImport devices, BulkProperties properties, JsonMapper json) {
        this.devices = devices;
        this.properties = properties;
        this.json = json;
    }

    @PostMapping(
            path = "/api/v1/devices:import",
            consumes = {AnswerLines.MEDIA_TYPE, CSV},
            produces = AnswerLines.MEDIA_TYPE)
    void importDevices(
            Caller caller,
            @RequestParam(defaultValue = "upsert") String mode,
            @RequestParam(defaultValue = "false") boolean dryRun,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        TenantId tenant = caller.requireTenant();
        boolean onlyNew = ImportMode.of(mode) == ImportMode.CREATE_ONLY;
        boolean isZipped = isZipped(request.getHeader(HttpHeaders.CONTENT_ENCODING));
        try (Transfers.Transfer _ = transfers.begin(tenant);
                Spool body = Spool.of(request.getInputStream(), properties.directory())) {
            InputStream content = withoutByteOrderMark(isZipped ? unzipped(body.content()) : body.content());
            Rows rows = isCsv(request.getContentType()) ? new CsvRows(content) : new JsonRows(content, json);
            devices.run(tenant, rows, new DeviceImport.Options(onlyNew, dryRun), new AnswerLines(response, json));
        }
    }

    private static boolean isCsv(String contentType) {
        return MediaType.valueOf(contentType).isCompatibleWith(MediaType.valueOf(CSV));
    }

    private static boolean isZipped(@Nullable String encoding) {
        return switch (encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> false;
            case "gzip", "x-gzip" -> true;
            default -> throw new ProblemException(ENCODING, "A body may be zipped with gzip, or not at all.");
        };
    }

    private static InputStream unzipped(InputStream body) {
        try {
            return new GZIPInputStream(body, ZIPPED_AT_A_TIME);
        } catch (IOException e) {
            throw new ProblemException(ProblemKind.MALFORMED, "The body is not zipped with gzip.");
        }
    }

    /** Spreadsheets like to begin a text with one. */
    private static InputStream withoutByteOrderMark(InputStream body) throws IOException {
        PushbackInputStream content = new PushbackInputStream(body, 3);
        byte[] first = content.readNBytes(3);
        if (first.length < 3 || first[0] != (byte) 0xef || first[1] != (byte) 0xbb || first[2] != (byte) 0xbf) {
            content.unread(first);
        }
        return content;
    }
}
