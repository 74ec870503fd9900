package io.warren.firmware.artifact;

import io.warren.contracts.device.TenantId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A file for devices; it never changes. */
@Entity
class Artifact {

    @Id
    private UUID id;

    /** Tells a new row from a known one; an artifact has one version only. */
    @Version
    @SuppressWarnings("UnusedVariable")
    private @Nullable Long version;

    private String tenant;

    private String name;

    private long size;

    private String sha256;

    private String contentType;

    private Instant createdAt;

    @SuppressWarnings("NullAway.Init")
    protected Artifact() {}

    Artifact(
            UUID id,
            TenantId tenant,
            ArtifactName name,
            String contentType,
            ArtifactFiles.Received received,
            Instant now) {
        this.id = id;
        this.tenant = tenant.value();
        this.name = name.value();
        this.contentType = contentType;
        this.size = received.size();
        this.sha256 = received.sha256();
        this.createdAt = now;
    }

    boolean isOf(TenantId owner) {
        return tenant.equals(owner.value());
    }

    ArtifactView view() {
        return new ArtifactView(id, name, size, sha256, contentType, createdAt);
    }

    ArtifactFile file(Path path) {
        return new ArtifactFile(id, name, size, sha256, contentType, path);
    }
}
