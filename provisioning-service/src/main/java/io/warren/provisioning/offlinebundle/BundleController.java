package io.warren.provisioning.offlinebundle;

import io.warren.contracts.device.TenantId;
import io.warren.platform.security.Caller;
import io.warren.platform.transfer.Transfers;
import jakarta.validation.Valid;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Offline bundles for administrators. A bundle is opened and locked outside of any transaction: it takes a second. */
@RestController
@RequestMapping("/api/v1")
class BundleController {

    private static final String BUNDLE = "application/jose";
    private static final int MOST = 2;
    private static final int MOST_OF_A_TENANT = 1;

    private final BundleExport exports;
    private final BundleImport imports;
    private final Clock clock;
    private final Transfers transfers = new Transfers(MOST, MOST_OF_A_TENANT);

    BundleController(BundleExport exports, BundleImport imports, Clock clock) {
        this.exports = exports;
        this.imports = imports;
        this.clock = clock;
    }

    @PostMapping(path = "/enrollment-groups:export", produces = BUNDLE)
    ResponseEntity<byte[]> export(Caller caller, @Valid @RequestBody ExportRequest request) {
        TenantId tenant = caller.requireTenant();
        try (Transfers.Transfer _ = transfers.begin(tenant)) {
            byte[] contents = exports.collect(request.selection(tenant), caller.subject());
            return ResponseEntity.ok()
                    .cacheControl(CacheControl.noStore())
                    .header(HttpHeaders.CONTENT_DISPOSITION, attachment(tenant))
                    .body(BundleLock.close(contents, request.passphrase()).getBytes(StandardCharsets.US_ASCII));
        }
    }

    @PostMapping("/enrollment-groups:import")
    ImportReport bring(Caller caller, @Valid @RequestBody ImportRequest request) {
        TenantId tenant = caller.requireTenant();
        try (Transfers.Transfer _ = transfers.begin(tenant)) {
            byte[] contents = BundleLock.open(request.bundle(), request.passphrase());
            return imports.run(contents, tenant, request.acceptTenant(), caller.subject());
        }
    }

    private String attachment(TenantId tenant) {
        return ContentDisposition.attachment()
                .filename("warren-" + tenant + "-" + LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) + ".jwe")
                .build()
                .toString();
    }
}
