package io.warren.provisioning.manifest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.device.DeviceId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of a manifest as integrators see it, and can import it again.
 *
 * @param element the secure element's serial number
 * @param deviceId the device that it sits in
 * @param publicKey the base64 of its {@code SubjectPublicKeyInfo}; absent if its certificate tells
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ManifestRowView(
        String element,
        DeviceId deviceId,
        @Nullable String publicKey,
        Map<String, String> attributes,
        Instant updatedAt) {

    static ManifestRowView of(ManifestRows.Kept row) {
        Entry entry = row.entry();
        return new ManifestRowView(
                entry.element(), entry.device(), entry.publicKey(), entry.attributes(), row.updatedAt());
    }
}
