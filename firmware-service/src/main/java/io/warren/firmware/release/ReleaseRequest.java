package io.warren.firmware.release;

import io.warren.platform.web.CleanText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a release is to be.
 *
 * @param name what is released
 * @param version which version of it (Semantic Versioning 2.0.0)
 * @param artifacts the ids of its artifacts, 1 to 32, in the order in which devices get them
 * @param notes what people should know about it
 */
record ReleaseRequest(
        @NotNull
        @Pattern(
                regexp = "[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}",
                message = "1 to 64 characters of A-Z a-z 0-9 . _ - and space")
        String name,

        @NotNull
        @Size(max = 64, message = "at most 64 characters")
        @Pattern(regexp = SEMANTIC_VERSION, message = "a semantic version, such as 1.4.0 or 2.0.0-rc.1")
        String version,

        @NotNull @Size(min = 1, max = 32, message = "1 to 32 artifacts")
        List<@NotNull UUID> artifacts,

        @Nullable @CleanText @Size(max = 4096, message = "at most 4096 characters")
        String notes) {

    /** The expression that semver.org suggests. */
    static final String SEMANTIC_VERSION = "(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)"
            + "(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
            + "(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?";
}
