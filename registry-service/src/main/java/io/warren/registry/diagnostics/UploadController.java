package io.warren.registry.diagnostics;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Uploads from devices. The address is the proof; there is no other. */
@RestController
class UploadController {

    private final UploadAddresses addresses;
    private final BundleReception reception;
    private final Clock clock;

    UploadController(UploadAddresses addresses, BundleReception reception, Clock clock) {
        this.addresses = addresses;
        this.reception = reception;
        this.clock = clock;
    }

    @PutMapping("/device/v1/diagnostics/{token}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void upload(
            @PathVariable String token,
            @RequestHeader(name = HttpHeaders.CONTENT_TYPE, required = false) @Nullable MediaType contentType,
            HttpServletRequest request)
            throws IOException {
        UploadGrant grant = addresses.read(token).orElseThrow(BundleReception::refused);
        if (!clock.instant().isBefore(grant.expiresAt())) {
            throw BundleReception.expired();
        }
        MediaType type = contentType == null ? MediaType.APPLICATION_OCTET_STREAM : contentType;
        reception.receive(
                grant,
                type.getType() + "/" + type.getSubtype(),
                request.getContentLengthLong(),
                request.getInputStream());
    }
}
