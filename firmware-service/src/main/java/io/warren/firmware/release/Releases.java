package io.warren.firmware.release;

import io.warren.contracts.device.TenantId;
import io.warren.contracts.firmware.ReleaseEvent;
import io.warren.firmware.artifact.ArtifactFile;
import io.warren.firmware.artifact.Artifacts;
import io.warren.platform.database.Integrity;
import io.warren.platform.outbox.Outbox;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.EntityTags;
import io.warren.platform.web.NewestFirst;
import io.warren.platform.web.Page;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A tenant's releases: described, released, retired. */
@Component
public class Releases {

    private static final ProblemKind NOT_FOUND =
            new ProblemKind("release-not-found", HttpStatus.NOT_FOUND, "No such release");
    private static final ProblemKind VERSION_TAKEN =
            new ProblemKind("release-version-taken", HttpStatus.CONFLICT, "There is a release of this version");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final ReleaseRepository releases;
    private final Artifacts artifacts;
    private final Outbox outbox;
    private final Clock clock;

    Releases(ReleaseRepository releases, Artifacts artifacts, Outbox outbox, Clock clock) {
        this.releases = releases;
        this.artifacts = artifacts;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** A release that may be deployed; empty if there is none of this id or it may not. */
    @Transactional(readOnly = true)
    public Optional<DeployableRelease> findReleased(TenantId tenant, String id) {
        return releases.findById(key(tenant, id)).filter(Release::isReleased).map(release -> describe(tenant, release));
    }

    /** A release that is being deployed, whatever has become of it since. */
    @Transactional(readOnly = true)
    public DeployableRelease get(TenantId tenant, String id) {
        return describe(tenant, releases.findById(key(tenant, id)).orElseThrow(Releases::notFound));
    }

    /** What {@link #put} did. */
    record Put(ReleaseView release, boolean created) {}

    @Transactional
    Put put(TenantId tenant, String id, ReleaseRequest request, @Nullable String ifMatch) {
        if (!ID.matcher(id).matches()) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    "A release's id has the form " + ID + ".",
                    List.of(new Violation("id", ID.toString())));
        }
        checkArtifacts(tenant, request.artifacts());
        Release release = releases.lockByKey(key(tenant, id)).orElse(null);
        EntityTags.check(ifMatch, Optional.ofNullable(release).map(Release::revision));
        boolean created = release == null;
        if (release == null) {
            release = new Release(key(tenant, id), request, now());
        } else {
            release.describe(request);
        }
        try {
            return new Put(releases.saveAndFlush(release).view(), created);
        } catch (DataIntegrityViolationException e) {
            if (!Integrity.isDuplicate(e) && !Integrity.isReference(e)) {
                throw e;
            }
            throw new ProblemException(
                    VERSION_TAKEN,
                    "Another release is version " + request.version() + " of " + request.name()
                            + ", or something changed at the same moment.");
        }
    }

    @Transactional(readOnly = true)
    ReleaseView view(TenantId tenant, String id) {
        return releases.findById(key(tenant, id))
                .orElseThrow(Releases::notFound)
                .view();
    }

    @Transactional(readOnly = true)
    Page<ReleaseView> list(TenantId tenant, @Nullable Cursor cursor, int limit) {
        NewestFirst<String> behind = NewestFirst.byName(cursor);
        List<ReleaseView> found =
                releases.findBehind(tenant.value(), behind.createdAt(), behind.id(), Limit.of(limit + 1)).stream()
                        .map(Release::view)
                        .toList();
        return Page.of(found, limit, last -> Cursor.after(last.createdAt(), last.id()));
    }

    @Transactional
    ReleaseView release(TenantId tenant, String id, @Nullable String ifMatch) {
        Release release = lock(tenant, id, ifMatch);
        Instant now = now();
        if (release.release(now)) {
            releases.flush();
            outbox.append(ReleaseEvent.EXCHANGE, ReleaseEvent.RELEASED, release.event(now));
        }
        return release.view();
    }

    @Transactional
    ReleaseView retire(TenantId tenant, String id, @Nullable String ifMatch) {
        Release release = lock(tenant, id, ifMatch);
        Instant now = now();
        if (release.retire(now)) {
            releases.flush();
            outbox.append(ReleaseEvent.EXCHANGE, ReleaseEvent.RETIRED, release.event(now));
        }
        return release.view();
    }

    private Release lock(TenantId tenant, String id, @Nullable String ifMatch) {
        Release release = releases.lockByKey(key(tenant, id)).orElseThrow(Releases::notFound);
        EntityTags.check(ifMatch, release.revision());
        return release;
    }

    /** All are the tenant's own, and a device can save them side by side. */
    private void checkArtifacts(TenantId tenant, List<UUID> ids) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ids.size(); i++) {
            ArtifactFile artifact = artifacts.find(tenant, ids.get(i)).orElse(null);
            if (artifact == null) {
                throw refused(i, "this tenant has no such artifact");
            }
            if (!names.add(artifact.name())) {
                throw refused(i, "another artifact of the release has the same name");
            }
        }
    }

    private DeployableRelease describe(TenantId tenant, Release release) {
        List<ArtifactFile> files = release.artifacts().stream()
                .map(id -> artifacts.find(tenant, id).orElseThrow())
                .toList();
        return new DeployableRelease(release.id(), release.name(), release.semanticVersion(), files);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static ReleaseKey key(TenantId tenant, String id) {
        return new ReleaseKey(tenant.value(), id);
    }

    private static ProblemException refused(int index, String detail) {
        return new ProblemException(
                ProblemKind.INVALID,
                "The release cannot have these artifacts.",
                List.of(new Violation("/artifacts/" + index, detail)));
    }

    private static ProblemException notFound() {
        return new ProblemException(NOT_FOUND, "This tenant has no such release.");
    }
}
