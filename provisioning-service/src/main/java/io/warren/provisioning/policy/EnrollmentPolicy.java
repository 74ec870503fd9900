package io.warren.provisioning.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is done with the devices that come through an enrolment. It is kept as one JSON document; who adds a field gives it a value
 * for the documents from before.
 *
 * @param deviceType the type that a new device gets; absent, {@code generic}
 * @param tags a new device's first tags; values may be templates over the attested facts
 * @param state what a new device is to be like at first; texts in it may be templates
 * @param naming how devices are called; absent, as they call themselves
 * @param validFrom when it begins to let devices in; absent, at once
 * @param validUntil when it lets no device in any more; absent, never
 * @param quota how many devices a group lets in; absent, as many as come
 * @param approval whether a person has to agree to each device
 * @param reprovisioning what becomes of a device that comes again after its answer cannot be lost any more
 * @param replacement what becomes of another board that comes with a device's name
 * @param assignment which installation a device is to belong to; absent, this one
 * @param hook who is asked about each device; absent, nobody
 * @param credentials what devices may ask for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EnrollmentPolicy(
        @Nullable String deviceType,
        Map<String, String> tags,
        @Nullable JsonNode state,
        @Nullable Naming naming,
        @Nullable Instant validFrom,
        @Nullable Instant validUntil,
        @Nullable Integer quota,
        Approval approval,
        Reprovisioning reprovisioning,
        Replacement replacement,
        @Nullable Assignment assignment,
        @Nullable Webhook hook,
        Credentials credentials) {

    /** Lets every device in under its own name. */
    public static final EnrollmentPolicy OPEN =
            new EnrollmentPolicy(null, null, null, null, null, null, null, null, null, null, null, null, null);

    /** A policy in which what is left out is as in {@link #OPEN}. */
    public EnrollmentPolicy(
            @Nullable String deviceType,
            @Nullable Map<String, String> tags,
            @Nullable JsonNode state,
            @Nullable Naming naming,
            @Nullable Instant validFrom,
            @Nullable Instant validUntil,
            @Nullable Integer quota,
            @Nullable Approval approval,
            @Nullable Reprovisioning reprovisioning,
            @Nullable Replacement replacement,
            @Nullable Assignment assignment,
            @Nullable Webhook hook,
            @Nullable Credentials credentials) {
        this.deviceType = deviceType;
        this.tags = tags == null ? Map.of() : tags;
        this.state = state;
        this.naming = naming;
        this.validFrom = validFrom;
        this.validUntil = validUntil;
        this.quota = quota;
        this.approval = Objects.requireNonNullElse(approval, Approval.AUTOMATIC);
        this.reprovisioning = Objects.requireNonNullElse(reprovisioning, Reprovisioning.KEEP);
        this.replacement = Objects.requireNonNullElse(replacement, Replacement.REFUSE);
        this.assignment = assignment;
        this.hook = hook;
        this.credentials = Objects.requireNonNullElse(credentials, Credentials.ANY);
    }

    /**
     * What becomes of a device that comes again, where that may be left out. A claim token stands on a label and in papers: whoever
     * finds one later must not have the device that it has let in.
     */
    public static @Nullable Reprovisioning reprovisioning(@Nullable Reprovisioning asked, boolean byClaimToken) {
        return asked == null && byClaimToken ? Reprovisioning.REFUSE : asked;
    }

    /** The same with more first tags; of a tag that comes twice, this policy's own counts. */
    public EnrollmentPolicy withTags(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(more);
        all.putAll(tags);
        return new EnrollmentPolicy(
                deviceType,
                all,
                state,
                naming,
                validFrom,
                validUntil,
                quota,
                approval,
                reprovisioning,
                replacement,
                assignment,
                hook,
                credentials);
    }

    /** The same with other hooks. */
    public EnrollmentPolicy withHooks(@Nullable Webhook asked, @Nullable Webhook chooser) {
        return new EnrollmentPolicy(
                deviceType,
                tags,
                state,
                naming,
                validFrom,
                validUntil,
                quota,
                approval,
                reprovisioning,
                replacement,
                assignment == null ? null : assignment.withWebhook(chooser),
                asked,
                credentials);
    }

    /** Whether a person has to agree. */
    public enum Approval {
        @JsonProperty("automatic")
        AUTOMATIC,
        @JsonProperty("manual")
        MANUAL
    }

    /** What becomes of a device that comes again. */
    public enum Reprovisioning {
        /** It gets new credentials; what it is to be like stays. */
        @JsonProperty("keep")
        KEEP,
        /** It gets new credentials, and begins with the first state again. */
        @JsonProperty("reset")
        RESET,
        /** It is turned away. */
        @JsonProperty("refuse")
        REFUSE
    }

    /** What becomes of another board that comes with a device's name. */
    public enum Replacement {
        /** It is turned away. */
        @JsonProperty("refuse")
        REFUSE,
        /** It takes the device over once a person has agreed. */
        @JsonProperty("approval")
        APPROVAL
    }

    /** What devices may ask for. */
    public enum Credentials {
        @JsonProperty("any")
        ANY,
        @JsonProperty("secret")
        SECRET,
        @JsonProperty("certificate")
        CERTIFICATE
    }
}
