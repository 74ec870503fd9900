package io.warren.provisioning.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.warren.platform.web.HttpsUrl;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which installation a device is to belong to; {@value #HERE} is this one.
 *
 * @param targets the other installations by name
 * @param by how one is chosen
 * @param weights the share of each, by name, where it is chosen by weight or by hash
 * @param rules asked in turn where it is chosen by expression; if none is true it is {@value #HERE}
 * @param webhook who chooses where it is chosen by webhook
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Assignment(
        @NotNull @Size(min = 1, max = 20, message = "1 to 20 targets")
        Map<
                        @Pattern(
                                regexp = TARGET,
                                message = "1 to 32 characters of a-z 0-9 -, the first not a -, and not " + HERE)
                        String,
                        @NotNull @Valid Target>
                targets,

        @NotNull By by,
        @Nullable Map<String, @NotNull @Min(0) @Max(1_000_000) Integer> weights,

        @Nullable @Size(max = 20, message = "at most 20 rules")
        List<@NotNull @Valid Rule> rules,

        @Nullable @Valid Webhook webhook) {

    private static final String TARGET = "(?!here$)[a-z0-9][a-z0-9-]{0,31}";

    /** The name of this installation. */
    public static final String HERE = "here";

    /** The rules; none where it is not chosen by expression. */
    public List<Rule> rulesInOrder() {
        return rules == null ? List.of() : rules;
    }

    /** The same with another who chooses. */
    public Assignment withWebhook(@Nullable Webhook chooser) {
        return new Assignment(targets, by, weights, rules, chooser);
    }

    /** Another installation: where devices reach its bootstrap. */
    public record Target(@NotNull @HttpsUrl @Size(max = 500) String url) {}

    /** Which devices go to which target. */
    public record Rule(@NotNull String when, @NotNull String target) {}

    /** How one is chosen. */
    public enum By {
        @JsonProperty("weight")
        WEIGHT,
        @JsonProperty("hash")
        HASH,
        @JsonProperty("expression")
        EXPRESSION,
        @JsonProperty("webhook")
        WEBHOOK
    }
}
