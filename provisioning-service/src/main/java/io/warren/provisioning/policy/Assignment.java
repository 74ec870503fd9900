package io.warren.provisioning.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
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
        Map<String, Target> targets,
        By by,
        @Nullable Map<String, Integer> weights,
        @Nullable List<Rule> rules,
        @Nullable Webhook webhook) {

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
    public record Target(String url) {}

    /** Which devices go to which target. */
    public record Rule(String when, String target) {}

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
