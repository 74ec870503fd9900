package io.warren.provisioning.certificate;

import io.warren.contracts.device.DeviceId;
import io.warren.platform.security.Caller;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The certificates that devices were given, for integrators. */
@RestController
@RequestMapping("/api/v1/certificates")
class CertificateController {

    private final Certificates certificates;

    CertificateController(Certificates certificates) {
        this.certificates = certificates;
    }

    @GetMapping("/{serial}")
    CertificateView get(Caller caller, @PathVariable String serial) {
        return certificates.get(caller.requireTenant(), number(serial));
    }

    @GetMapping
    Page<CertificateView> list(
            Caller caller,
            @RequestParam(required = false) @Nullable DeviceId device,
            @RequestParam(required = false) CertificateView.@Nullable Status status,
            @RequestParam(required = false) @Nullable Instant expiringBefore,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        return certificates.list(
                caller.requireTenant(),
                new CertificateFilter(device, status, expiringBefore),
                Cursor.decode(cursor, 2),
                Cursor.limit(limit));
    }

    @PostMapping("/{serial:[^:]+}:revoke")
    CertificateView revoke(Caller caller, @PathVariable String serial, @Valid @RequestBody RevocationRequest request) {
        return certificates.revoke(caller.requireTenant(), number(serial), request.reason());
    }

    /** Some tools, {@code openssl} among them, write the digits in upper case. */
    private static String number(String serial) {
        return serial.toLowerCase(Locale.ROOT);
    }

    /** Why a certificate is to be revoked. */
    record RevocationRequest(@NotNull RevocationReason reason) {}
}
