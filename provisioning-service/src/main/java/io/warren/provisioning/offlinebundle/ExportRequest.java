package io.warren.provisioning.offlinebundle;

import io.warren.contracts.device.TenantId;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a bundle.
 *
 * @param groups the ids of enrolment groups, which leave with all that belongs to them
 * @param enrollments the ids of enrolments that belong to no group
 * @param manifests whether the rows of the groups' manifests go along; left out, they do
 * @param passphrase what the bundle is locked with; in no answer and no log
 */
record ExportRequest(
        @Nullable @Size(max = MOST_GROUPS, message = "at most " + MOST_GROUPS)
        List<
                        @NotNull
                        @Pattern(regexp = "[A-Za-z0-9_-]{1,64}", message = "1 to 64 characters of A-Z a-z 0-9 _ -")
                        String>
                groups,

        @Nullable @Size(max = 1_000, message = "at most 1000")
        List<
                        @NotNull
                        @Pattern(regexp = "[A-Za-z0-9_-]{1,64}", message = "1 to 64 characters of A-Z a-z 0-9 _ -")
                        String>
                enrollments,

        @Nullable Boolean manifests,

        @NotNull @Pattern(regexp = PASSPHRASE, message = PASSPHRASE_FORM)
        String passphrase) {

    /** The most groups of a bundle. */
    static final int MOST_GROUPS = 100;

    /** The form of passphrases. */
    static final String PASSPHRASE = "[\\x20-\\x7e]{16,200}";

    /** The same for people. */
    static final String PASSPHRASE_FORM = "16 to 200 printable characters of ASCII";

    Selection selection(TenantId tenant) {
        return new Selection(tenant, distinct(groups), distinct(enrollments), manifests == null || manifests);
    }

    private static List<String> distinct(@Nullable List<String> ids) {
        return ids == null ? List.of() : ids.stream().distinct().toList();
    }

    /** Keeps the passphrase out of logs. */
    @Override
    public String toString() {
        return "ExportRequest[groups=" + groups + ", enrollments=" + enrollments + "]";
    }
}
