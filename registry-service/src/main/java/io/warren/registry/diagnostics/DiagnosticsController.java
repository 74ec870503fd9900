package io.warren.registry.diagnostics;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.security.Caller;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.NewestFirst;
import io.warren.platform.web.Page;
import io.warren.registry.device.Devices;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A device's diagnostics over REST. */
@RestController
@RequestMapping("/api/v1/devices/{device}/diagnostics")
class DiagnosticsController {

    private static final ProblemKind NOT_FOUND =
            new ProblemKind("diagnostics-not-found", HttpStatus.NOT_FOUND, "No such diagnostics");

    private final DiagnosticsOrders orders;
    private final Bundles bundles;
    private final Uploads uploads;
    private final Devices devices;

    DiagnosticsController(DiagnosticsOrders orders, Bundles bundles, Uploads uploads, Devices devices) {
        this.orders = orders;
        this.bundles = bundles;
        this.uploads = uploads;
        this.devices = devices;
    }

    @PostMapping
    ResponseEntity<DiagnosticsView> request(
            Caller caller,
            @PathVariable DeviceId device,
            @RequestBody(required = false) @Valid @Nullable DiagnosticsRequest request) {
        DiagnosticsView placed =
                orders.place(address(caller, device), request == null ? DiagnosticsRequest.PLAIN : request);
        return ResponseEntity.created(URI.create("/api/v1/devices/" + device + "/diagnostics/" + placed.id()))
                .body(placed);
    }

    @GetMapping
    Page<DiagnosticsView> list(
            Caller caller,
            @PathVariable DeviceId device,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        DeviceAddress address = address(caller, device);
        devices.require(address);
        int size = Cursor.limit(limit);
        return Page.of(
                bundles.of(address, NewestFirst.byId(Cursor.decode(cursor, 2)), size + 1),
                size,
                bundle -> Cursor.after(bundle.requestedAt(), bundle.id()));
    }

    @GetMapping("/{id}")
    DiagnosticsView get(Caller caller, @PathVariable DeviceId device, @PathVariable UUID id) {
        return find(address(caller, device), id);
    }

    /** It is not to be believed what a device says of its bytes, so no browser is to show them. */
    @GetMapping("/{id}/content")
    void content(Caller caller, @PathVariable DeviceId device, @PathVariable UUID id, HttpServletResponse response)
            throws IOException {
        DiagnosticsView bundle = find(address(caller, device), id);
        Long size = bundle.size();
        if (size == null) {
            throw new ProblemException(NOT_FOUND, "The diagnostics have not been received.");
        }
        response.setContentType(bundle.contentType());
        response.setContentLengthLong(size);
        response.setHeader(HttpHeaders.ETAG, "\"" + bundle.sha256() + "\"");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("diagnostics-" + device + "-" + id)
                        .build()
                        .toString());
        OutputStream out = response.getOutputStream();
        long left = size;
        for (int number = 0; left > 0; number++) {
            byte[] part = uploads.read(id, number).orElseThrow(() -> new IOException("The bundle is deleted"));
            out.write(part);
            left -= part.length;
        }
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable DeviceId device, @PathVariable UUID id) {
        if (!orders.delete(address(caller, device), id)) {
            throw notFound(id);
        }
    }

    private DiagnosticsView find(DeviceAddress address, UUID id) {
        return bundles.find(address, id).orElseThrow(() -> notFound(id));
    }

    private static ProblemException notFound(UUID id) {
        return new ProblemException(NOT_FOUND, "The device has no diagnostics " + id + ".");
    }

    private static DeviceAddress address(Caller caller, DeviceId device) {
        return new DeviceAddress(caller.requireTenant(), device);
    }
}
