package io.warren.provisioning.manifest;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.security.Caller;
import io.warren.platform.transfer.AnswerLines;
import io.warren.platform.transfer.CsvRows;
import io.warren.platform.transfer.JsonRows;
import io.warren.platform.transfer.Rows;
import io.warren.platform.transfer.Transfers;
import io.warren.platform.transfer.Upload;
import io.warren.platform.web.Page;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Manifests over REST. */
@RestController
class ManifestController {

    private static final int MOST = 8;
    private static final int MOST_OF_A_TENANT = 2;
    private static final String MANIFEST = "/api/v1/enrollment-groups/{id}/manifest";

    private final Manifests manifests;
    private final ManifestImport imports;
    private final ManifestProperties properties;
    private final JsonMapper json;
    private final Transfers transfers = new Transfers(MOST, MOST_OF_A_TENANT);

    ManifestController(Manifests manifests, ManifestImport imports, ManifestProperties properties, JsonMapper json) {
        this.manifests = manifests;
        this.imports = imports;
        this.properties = properties;
        this.json = json;
    }

    @PostMapping(
            path = MANIFEST + ":import",
            consumes = {AnswerLines.MEDIA_TYPE, Upload.CSV},
            produces = AnswerLines.MEDIA_TYPE)
    void importRows(Caller caller, @PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        TenantId tenant = caller.requireTenant();
        ManifestKey manifest = manifests.require(tenant, id);
        try (Transfers.Transfer _ = transfers.begin(tenant);
                Upload upload = Upload.of(request, properties.directory())) {
            Rows<String, Entry> rows = upload.isCsv()
                    ? new CsvRows<>(upload.content(), Entry.MOST_BYTES, CsvEntry.MOST_COLUMNS, CsvEntry::new)
                    : new JsonRows<>(upload.content(), Entry.MOST_BYTES, json, JsonEntry::read);
            imports.run(manifest, rows, new AnswerLines(response, json));
        }
    }

    @GetMapping(MANIFEST)
    Page<ManifestRowView> list(
            Caller caller,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable DeviceId deviceId,
            @RequestParam(defaultValue = "") String element,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        ManifestKey manifest = manifests.require(caller.requireTenant(), id);
        return Page.byId(
                        limit,
                        cursor,
                        (after, size) -> manifests.after(manifest, after, element, deviceId, size),
                        row -> row.entry().element())
                .map(ManifestRowView::of);
    }

    @GetMapping(MANIFEST + "/{element}")
    ManifestRowView get(Caller caller, @PathVariable String id, @PathVariable String element) {
        return ManifestRowView.of(manifests.get(manifests.require(caller.requireTenant(), id), element));
    }

    @DeleteMapping(MANIFEST + "/{element}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id, @PathVariable String element) {
        manifests.delete(manifests.require(caller.requireTenant(), id), element);
    }

    @DeleteMapping(MANIFEST)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void clear(Caller caller, @PathVariable String id) {
        manifests.clear(manifests.require(caller.requireTenant(), id));
    }
}
