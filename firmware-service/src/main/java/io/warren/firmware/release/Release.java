package io.warren.firmware.release;

import io.warren.contracts.firmware.ReleaseEvent;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A version of a device's software: draft, then released and immutable, then retired. */
@Entity
class Release {

    private static final ProblemKind IMMUTABLE =
            new ProblemKind("release-immutable", HttpStatus.CONFLICT, "A release does not change any more");
    private static final ProblemKind STATE =
            new ProblemKind("release-state", HttpStatus.CONFLICT, "The release is not in a state for this");

    @EmbeddedId
    private ReleaseKey key;

    @Version
    private @Nullable Long version;

    private String name;

    private String semanticVersion;

    private @Nullable String notes;

    @ElementCollection
    @CollectionTable(
            name = "release_artifact",
            joinColumns = {@JoinColumn(name = "tenant"), @JoinColumn(name = "release_id")})
    @OrderColumn(name = "position")
    @Column(name = "artifact_id")
    private List<UUID> artifacts = new ArrayList<>();

    @Enumerated(EnumType.STRING)
    private ReleaseStatus status = ReleaseStatus.DRAFT;

    private Instant createdAt;

    private @Nullable Instant releasedAt;

    private @Nullable Instant retiredAt;

    @SuppressWarnings("NullAway.Init")
    protected Release() {}

    @SuppressWarnings("NullAway.Init")
    Release(ReleaseKey key, ReleaseRequest request, Instant now) {
        this.key = key;
        this.createdAt = now;
        describe(request);
    }

    /** Becomes what is asked for. What has left the draft may only be asked to be what it is. */
    final void describe(ReleaseRequest request) {
        if (isAsAskedFor(request)) {
            return;
        }
        if (status != ReleaseStatus.DRAFT) {
            throw new ProblemException(IMMUTABLE, "Make another release for another content.");
        }
        name = request.name();
        semanticVersion = request.version();
        notes = request.notes();
        artifacts.clear();
        artifacts.addAll(request.artifacts());
    }

    /** May be deployed from now on; false if that was so already. */
    boolean release(Instant now) {
        return switch (status) {
            case DRAFT -> {
                status = ReleaseStatus.RELEASED;
                releasedAt = now;
                yield true;
            }
            case RELEASED -> false;
            case RETIRED -> throw new ProblemException(STATE, "A retired release does not come back.");
        };
    }

    /** May be deployed no longer; false if that was so already. */
    boolean retire(Instant now) {
        return switch (status) {
            case DRAFT -> throw new ProblemException(STATE, "A draft was never released.");
            case RELEASED -> {
                status = ReleaseStatus.RETIRED;
                retiredAt = now;
                yield true;
            }
            case RETIRED -> false;
        };
    }

    boolean isReleased() {
        return status == ReleaseStatus.RELEASED;
    }

    long revision() {
        return version == null ? 0 : version;
    }

    String id() {
        return key.id();
    }

    String name() {
        return name;
    }

    String semanticVersion() {
        return semanticVersion;
    }

    List<UUID> artifacts() {
        return List.copyOf(artifacts);
    }

    /** The event for the state it is in; its version is right once the change has been flushed. */
    ReleaseEvent event(Instant at) {
        return new ReleaseEvent(key.tenant(), key.id(), revision(), name, semanticVersion, notes, at);
    }

    ReleaseView view() {
        return new ReleaseView(
                key.id(),
                name,
                semanticVersion,
                artifacts(),
                notes,
                status,
                createdAt,
                releasedAt,
                retiredAt,
                revision());
    }

    private boolean isAsAskedFor(ReleaseRequest request) {
        return request.name().equals(name)
                && request.version().equals(semanticVersion)
                && request.artifacts().equals(artifacts)
                && Objects.equals(request.notes(), notes);
    }
}
