package io.warren.firmware.artifact;

import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.NewestFirst;
import io.warren.platform.web.Page;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * A tenant's artifacts. The file comes before its row and goes after it, so that a row never lacks its file; what a crash leaves
 * in between is swept up. Each change is one statement, so that no transaction is open while bytes flow.
 */
@Component
public class Artifacts {

    private static final ProblemKind NOT_FOUND =
            new ProblemKind("artifact-not-found", HttpStatus.NOT_FOUND, "No such artifact");
    private static final ProblemKind IN_USE =
            new ProblemKind("artifact-in-use", HttpStatus.CONFLICT, "A release refers to the artifact");

    /** Longer than an upload may stand still, and than the moment between a file and its row. */
    private static final Duration ABANDONED = Duration.ofMinutes(10);

    private static final int UPLOADS_AT_ONCE = 32;
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final Semaphore room = new Semaphore(UPLOADS_AT_ONCE);
    private final ArtifactRepository artifacts;
    private final ArtifactFiles files;
    private final Clock clock;

    Artifacts(ArtifactRepository artifacts, ArtifactFiles files, Clock clock) {
        this.artifacts = artifacts;
        this.files = files;
        this.clock = clock;
    }

    /** An artifact of a tenant with its bytes, if there is one. */
    public Optional<ArtifactFile> find(TenantId tenant, UUID id) {
        return artifacts
                .findById(id)
                .filter(artifact -> artifact.isOf(tenant))
                .map(artifact -> artifact.file(files.path(id)));
    }

    /**
     * Refuses a file before anything of it is read.
     *
     * @param size in bytes, as its sender says; negative if he does not
     * @throws ProblemException if it is too large, or larger than what is left of the storage
     */
    void requireRoomFor(long size) {
        files.requireRoomFor(size);
    }

    ArtifactView upload(TenantId tenant, ArtifactName name, String contentType, InputStream body) {
        if (!room.tryAcquire()) {
            throw new ProblemException(ProblemKind.UNAVAILABLE, "Too many uploads are under way.", RETRY);
        }
        try {
            return store(tenant, name, contentType, body);
        } finally {
            room.release();
        }
    }

    private ArtifactView store(TenantId tenant, ArtifactName name, String contentType, InputStream body) {
        UUID id = UUID.randomUUID();
        ArtifactFiles.Received received = files.receive(id, body);
        try {
            return artifacts
                    .save(new Artifact(id, tenant, name, contentType, received, now()))
                    .view();
        } catch (RuntimeException e) {
            files.delete(id);
            throw e;
        }
    }

    ArtifactView get(TenantId tenant, UUID id) {
        return artifacts
                .findById(id)
                .filter(artifact -> artifact.isOf(tenant))
                .orElseThrow(Artifacts::notFound)
                .view();
    }

    Page<ArtifactView> list(TenantId tenant, @Nullable Cursor cursor, int limit) {
        NewestFirst<UUID> behind = NewestFirst.byId(cursor);
        List<ArtifactView> found =
                artifacts.findBehind(tenant.value(), behind.createdAt(), behind.id(), Limit.of(limit + 1)).stream()
                        .map(Artifact::view)
                        .toList();
        return Page.of(found, limit, last -> Cursor.after(last.createdAt(), last.id()));
    }

    void delete(TenantId tenant, UUID id) {
        try {
            if (artifacts.delete(tenant.value(), id) == 0) {
                throw notFound();
            }
        } catch (DataIntegrityViolationException e) {
            throw new ProblemException(IN_USE, "An artifact stays for as long as a release refers to it.");
        }
        files.delete(id);
    }

    @Scheduled(fixedDelay = 600_000, initialDelay = 30_000)
    void sweep() {
        Instant abandoned = clock.instant().minus(ABANDONED);
        files.deleteAbandoned(abandoned);
        for (UUID id : files.storedBefore(abandoned)) {
            if (!artifacts.existsById(id)) {
                files.delete(id);
            }
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static ProblemException notFound() {
        return new ProblemException(NOT_FOUND, "This tenant has no such artifact.");
    }
}
