package io.warren.provisioning.manifest;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.provisioning.enrollmentgroup.GroupDoors;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/** The manifests of a tenant, read and taken back row by row. */
@Service
class Manifests {

    private static final ProblemKind NOT_FOUND =
            new ProblemKind("manifest-row-not-found", HttpStatus.NOT_FOUND, "No such row");
    private static final int DELETED_AT_ONCE = 10_000;

    private final ManifestRows rows;
    private final GroupDoors groups;

    Manifests(ManifestRows rows, GroupDoors groups) {
        this.rows = rows;
        this.groups = groups;
    }

    /**
     * The manifest of a group.
     *
     * @throws ProblemException if the tenant has no such group, or it is of another kind
     */
    ManifestKey require(TenantId tenant, String group) {
        groups.requireManifest(tenant, group);
        return new ManifestKey(tenant, group);
    }

    ManifestRows.Kept get(ManifestKey manifest, String element) {
        return rows.find(manifest, element).orElseThrow(Manifests::notFound);
    }

    List<ManifestRows.Kept> after(
            ManifestKey manifest, String element, String beginning, @Nullable DeviceId device, int limit) {
        return rows.after(manifest, element, beginning, device == null ? "" : device.value(), limit);
    }

    /** Takes a row back. The device that came with it keeps what it has. */
    void delete(ManifestKey manifest, String element) {
        if (rows.delete(manifest, element) == 0) {
            throw notFound();
        }
    }

    /** Takes all rows back, some thousands at a time, so that an import at the same moment gets on. */
    void clear(ManifestKey manifest) {
        int deleted = DELETED_AT_ONCE;
        while (deleted == DELETED_AT_ONCE) {
            deleted = rows.deleteSome(manifest, DELETED_AT_ONCE);
        }
    }

    private static ProblemException notFound() {
        return new ProblemException(NOT_FOUND, "The manifest has no such row.");
    }
}
