package io.warren.firmware.artifact;

import io.warren.platform.security.Caller;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.Page;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Artifacts for integrators. */
@RestController
@RequestMapping("/api/v1/artifacts")
class ArtifactController {

    private final Artifacts artifacts;

    ArtifactController(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    /** A form is refused: the container has read it before we could, and it is not the file. */
    @PostMapping
    ResponseEntity<ArtifactView> upload(
            Caller caller,
            @RequestParam String name,
            @RequestHeader(name = HttpHeaders.CONTENT_TYPE, required = false) @Nullable MediaType contentType,
            HttpServletRequest request)
            throws IOException, HttpMediaTypeNotSupportedException {
        MediaType type = contentType == null ? MediaType.APPLICATION_OCTET_STREAM : contentType;
        if (type.isCompatibleWith(MediaType.APPLICATION_FORM_URLENCODED)
                || type.isCompatibleWith(MediaType.MULTIPART_FORM_DATA)) {
            throw new HttpMediaTypeNotSupportedException(type, List.of(MediaType.APPLICATION_OCTET_STREAM));
        }
        artifacts.requireRoomFor(request.getContentLengthLong());
        ArtifactView artifact = artifacts.upload(
                caller.requireTenant(),
                new ArtifactName(name),
                type.getType() + "/" + type.getSubtype(),
                request.getInputStream());
        return ResponseEntity.created(URI.create("/api/v1/artifacts/" + artifact.id()))
                .body(artifact);
    }

    @GetMapping("/{id}")
    ArtifactView get(Caller caller, @PathVariable UUID id) {
        return artifacts.get(caller.requireTenant(), id);
    }

    @GetMapping
    Page<ArtifactView> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        return artifacts.list(caller.requireTenant(), Cursor.decode(cursor, 2), Cursor.limit(limit));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable UUID id) {
        artifacts.delete(caller.requireTenant(), id);
    }
}
