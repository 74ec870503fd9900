package io.warren.registry.deviceexport;

import io.warren.contracts.device.TenantId;
import io.warren.platform.security.Caller;
import io.warren.platform.transfer.AnswerLines;
import io.warren.platform.transfer.Transfers;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Exports of devices over REST. */
@RestController
class ExportController {

    private static final int MOST = 8;
    private static final int MOST_OF_A_TENANT = 2;

    private final DeviceExport devices;
    private final JsonMapper json;
    private final Transfers transfers = new Transfers(MOST, MOST_OF_A_TENANT);

    ExportController(DeviceExport devices, JsonMapper json) {
        this.devices = devices;
        this.json = json;
    }

    @GetMapping(
            path = "/api/v1/devices:export",
            produces = {AnswerLines.MEDIA_TYPE, CsvExport.MEDIA_TYPE})
    void export(
            Caller caller,
            @RequestParam(defaultValue = "ndjson") String format,
            @RequestParam(required = false) @Nullable String filter,
            @RequestParam(required = false) @Nullable String fields,
            HttpServletResponse response)
            throws IOException {
        TenantId tenant = caller.requireTenant();
        ExportFormat chosen = ExportFormat.of(format);
        List<ExportColumn> columns = ExportColumn.of(fields);
        try (Transfers.Transfer _ = transfers.begin(tenant)) {
            ExportWriter writer = switch (chosen) {
                case NDJSON -> new JsonExport(response, json, columns);
                case CSV -> new CsvExport(response, devices.spread(tenant, columns));
            };
            devices.run(tenant, filter, columns, writer);
        }
    }
}
