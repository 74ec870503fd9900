package io.warren.firmware.release;

import io.warren.platform.security.Caller;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.EntityTags;
import io.warren.platform.web.Page;
import jakarta.validation.Valid;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Releases for integrators. */
@RestController
@RequestMapping("/api/v1/releases")
class ReleaseController {

    private final Releases releases;

    ReleaseController(Releases releases) {
        this.releases = releases;
    }

    @PutMapping("/{id}")
    ResponseEntity<ReleaseView> put(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody ReleaseRequest request) {
        Releases.Put put = releases.put(caller.requireTenant(), id, request, ifMatch);
        ResponseEntity.BodyBuilder answer =
                put.created() ? ResponseEntity.created(URI.create("/api/v1/releases/" + id)) : ResponseEntity.ok();
        return answer.eTag(EntityTags.of(put.release().revision())).body(put.release());
    }

    @GetMapping("/{id}")
    ResponseEntity<ReleaseView> get(Caller caller, @PathVariable String id) {
        return tagged(releases.view(caller.requireTenant(), id));
    }

    @GetMapping
    Page<ReleaseView> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        return releases.list(caller.requireTenant(), Cursor.decode(cursor, 2), Cursor.limit(limit));
    }

    @PostMapping("/{id:[^:]+}:release")
    ResponseEntity<ReleaseView> release(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return tagged(releases.release(caller.requireTenant(), id, ifMatch));
    }

    @PostMapping("/{id:[^:]+}:retire")
    ResponseEntity<ReleaseView> retire(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return tagged(releases.retire(caller.requireTenant(), id, ifMatch));
    }

    private static ResponseEntity<ReleaseView> tagged(ReleaseView release) {
        return ResponseEntity.ok().eTag(EntityTags.of(release.revision())).body(release);
    }
}
