package io.warren.firmware.download;

import io.warren.firmware.artifact.ArtifactFile;
import io.warren.firmware.artifact.Artifacts;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Downloads for devices. The address is the proof; there is no other. */
@RestController
class DownloadController {

    private static final ProblemKind REFUSED =
            new ProblemKind("download-refused", HttpStatus.FORBIDDEN, "Not a download address");
    private static final ProblemKind OVER =
            new ProblemKind("download-over", HttpStatus.GONE, "The download address is over");

    private static final ProblemKind OUTSIDE = new ProblemKind(
            "range-not-satisfiable", HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "Nothing lies in the range");

    private final DownloadAddresses addresses;
    private final DownloadGate gate;
    private final Artifacts artifacts;
    private final FileTransfer transfer;
    private final Clock clock;

    DownloadController(
            DownloadAddresses addresses, DownloadGate gate, Artifacts artifacts, FileTransfer transfer, Clock clock) {
        this.addresses = addresses;
        this.gate = gate;
        this.artifacts = artifacts;
        this.transfer = transfer;
        this.clock = clock;
    }

    /** Serves {@code HEAD} too, which Spring maps to it. */
    @GetMapping("/device/v1/artifacts/{token}/{name}")
    void download(
            @PathVariable String token,
            @PathVariable String name,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        ArtifactFile artifact = open(token, name);
        String tag = "\"" + artifact.sha256() + "\"";
        response.setHeader(HttpHeaders.ETAG, tag);
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-transform");
        if (names(request.getHeader(HttpHeaders.IF_NONE_MATCH), tag)) {
            response.setStatus(HttpStatus.NOT_MODIFIED.value());
            return;
        }
        ByteRange range;
        try {
            range = range(request, artifact, tag);
        } catch (ByteRange.Unsatisfiable e) {
            response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + artifact.size());
            throw new ProblemException(OUTSIDE, "The artifact has " + artifact.size() + " bytes.");
        }
        response.setContentType(artifact.contentType());
        response.setContentLengthLong(range.length());
        if (range.isPart()) {
            response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
            response.setHeader(HttpHeaders.CONTENT_RANGE, range.contentRange());
        }
        if (!request.getMethod().equals(HttpMethod.HEAD.name())) {
            transfer.send(artifact.path(), range, request, response);
        }
    }

    private ArtifactFile open(String token, String name) {
        DownloadGrant grant = addresses.read(token).orElseThrow(DownloadController::refused);
        if (!clock.instant().isBefore(grant.expiresAt())) {
            throw new ProblemException(OVER, "The address has expired: ask what is due for a fresh one.");
        }
        if (!gate.isOpen(grant.tenant(), grant.deployment())) {
            throw new ProblemException(OVER, "The deployment has ended.");
        }
        return artifacts
                .find(grant.tenant(), grant.artifact())
                .filter(artifact -> artifact.name().equals(name))
                .orElseThrow(DownloadController::refused);
    }

    /** A range counts only for {@code GET}, and with {@code If-Range} only for the file that it was meant for. */
    private static ByteRange range(HttpServletRequest request, ArtifactFile artifact, String tag)
            throws ByteRange.Unsatisfiable {
        String ifRange = request.getHeader(HttpHeaders.IF_RANGE);
        if (!request.getMethod().equals(HttpMethod.GET.name())
                || (ifRange != null && !ifRange.strip().equals(tag))) {
            return ByteRange.whole(artifact.size());
        }
        return ByteRange.of(request.getHeader(HttpHeaders.RANGE), artifact.size());
    }

    private static boolean names(@Nullable String header, String tag) {
        if (header == null) {
            return false;
        }
        for (String each : header.split(",", -1)) {
            String candidate = each.strip();
            if (candidate.equals("*") || candidate.equals(tag) || candidate.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }

    private static ProblemException refused() {
        return new ProblemException(REFUSED, "The address is not one that was given out.");
    }
}
