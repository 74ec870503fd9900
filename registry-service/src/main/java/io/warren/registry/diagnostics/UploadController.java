package io.warren.registry.diagnostics;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
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

    private static final int LONGEST_NAME = 127;

    private final UploadAddresses addresses;
    private final BundleReception reception;

    UploadController(UploadAddresses addresses, BundleReception reception) {
        this.addresses = addresses;
        this.reception = reception;
    }

    @PutMapping("/device/v1/diagnostics/{token}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void upload(
            @PathVariable String token,
            @RequestHeader(name = HttpHeaders.CONTENT_TYPE, required = false) @Nullable MediaType contentType,
            HttpServletRequest request)
            throws IOException {
        UploadGrant grant = addresses.read(token).orElseThrow(BundleReception::refused);
        reception.receive(grant, name(contentType), request.getContentLengthLong(), request.getInputStream());
    }

    /** What it is as far as the device says so, without parameters. */
    private static String name(@Nullable MediaType type) {
        MediaType named = type != null && type.isConcrete() ? type : MediaType.APPLICATION_OCTET_STREAM;
        String name = named.getType() + "/" + named.getSubtype();
        return name.length() <= LONGEST_NAME ? name : MediaType.APPLICATION_OCTET_STREAM_VALUE;
    }
}
