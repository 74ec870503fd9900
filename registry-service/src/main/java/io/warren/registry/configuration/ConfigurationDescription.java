package io.warren.registry.configuration;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.platform.expression.ExpressionLanguage;
import io.warren.platform.web.CleanText;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an integrator says of a configuration. What only the platform knows of it is read over, so that a configuration can be
 * read, changed and put back.
 *
 * @param name a name for people, up to 200 characters
 * @param target an expression; the configuration is meant for the devices that it is true of
 * @param priority of two configurations that say different things, the greater counts, and of two that are the same, the one whose
 *     id comes first; left out, 0
 * @param desired what the devices are to be like, as a JSON merge patch (RFC 7396): up to 32 KiB, 16 deep
 * @param enabled whether it counts; left out, it does
 */
@JsonIgnoreProperties({"id", "createdAt", "version", "metrics", "warnings"})
@JsonInclude(JsonInclude.Include.NON_NULL)
record ConfigurationDescription(
        @Size(min = 1, max = 200) @CleanText @Nullable String name,

        @NotNull @Size(min = 1, max = ExpressionLanguage.MAX_LENGTH)
        String target,

        @Min(-1_000_000) @Max(1_000_000) Integer priority,
        @NotNull JsonNode desired,
        Boolean enabled) {

    @SuppressWarnings("ConstantValue") // JSON may leave out any of them
    ConfigurationDescription {
        priority = Objects.requireNonNullElse(priority, 0);
        enabled = Objects.requireNonNullElse(enabled, true);
    }
}
