package io.warren.registry.deviceimport;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.security.Caller;
import io.warren.platform.transfer.AnswerLines;
import io.warren.platform.transfer.CsvRows;
import io.warren.platform.transfer.JsonRows;
import io.warren.platform.transfer.Rows;
import io.warren.platform.transfer.Transfers;
import io.warren.platform.transfer.Upload;
import io.warren.registry.bulk.CsvColumn;
import io.warren.registry.device.DeviceDescription;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Imports of devices over REST. */
@RestController
class ImportController {

    private static final int MOST = 8;
    private static final int MOST_OF_A_TENANT = 2;

    /** The most bytes of a row. */
    static final int MOST_BYTES = 128 * 1024;

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
            consumes = {AnswerLines.MEDIA_TYPE, Upload.CSV},
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
        try (Transfers.Transfer _ = transfers.begin(tenant);
                Upload upload = Upload.of(request, properties.directory())) {
            Rows<DeviceId, DeviceDescription> rows = upload.isCsv()
                    ? new CsvRows<>(upload.content(), MOST_BYTES, CsvColumn.MOST + 1, CsvDevice::new)
                    : new JsonRows<>(upload.content(), MOST_BYTES, json, new JsonDevice(json));
            devices.run(tenant, rows, new DeviceImport.Options(onlyNew, dryRun), new AnswerLines(response, json));
        }
    }
}
