package io.warren.provisioning.offlinebundle;

import io.warren.contracts.device.TenantId;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Brings a bundle.
 *
 * @param bundle as it was exported
 * @param passphrase what it was locked with; in no answer and no log
 * @param acceptTenant the tenant of the bundle, if it is another than the caller's; left out, such a bundle is refused
 */
record ImportRequest(
        @NotNull String bundle,

        @NotNull @Pattern(regexp = ExportRequest.PASSPHRASE, message = ExportRequest.PASSPHRASE_FORM)
        String passphrase,

        @Nullable TenantId acceptTenant) {

    /** Keeps the passphrase out of logs. */
    @Override
    public String toString() {
        return "ImportRequest[]";
    }
}
