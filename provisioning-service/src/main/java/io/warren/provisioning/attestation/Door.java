package io.warren.provisioning.attestation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.warren.provisioning.policy.EnrollmentPolicy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a device came through.
 *
 * @param kind what it is
 * @param id its id, unique in its tenant among those of its kind
 * @param policy what it wants done with devices
 */
public record Door(Kind kind, String id, EnrollmentPolicy policy) {

    private static final String GROUP = "group/";

    /** One name for doors of all kinds: ids have no slash in them. */
    public String name() {
        return name(kind, id);
    }

    /** The same with more first tags, of which the policy's own count. */
    public Door withTags(Map<String, String> more) {
        return new Door(kind, id, policy.withTags(more));
    }

    /** The name of a door. */
    public static String name(Kind kind, String id) {
        return switch (kind) {
            case ENROLLMENT -> id;
            case GROUP -> GROUP + id;
        };
    }

    /** The id of the group that a door of that name is, if it is one. */
    public static @Nullable String groupOf(@Nullable String name) {
        return name != null && name.startsWith(GROUP) ? name.substring(GROUP.length()) : null;
    }

    /** The id of the enrolment that a door of that name is, if it is one. */
    public static @Nullable String enrollmentOf(@Nullable String name) {
        return name == null || name.startsWith(GROUP) ? null : name;
    }

    /** What a door is. */
    public enum Kind {
        /** An enrolment of one device. */
        @JsonProperty("enrollment")
        ENROLLMENT,
        /** An enrolment group. */
        @JsonProperty("group")
        GROUP
    }
}
