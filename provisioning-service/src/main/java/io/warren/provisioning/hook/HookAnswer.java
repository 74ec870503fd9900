package io.warren.provisioning.hook;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.warren.contracts.device.DeviceForms;
import io.warren.platform.web.CleanText;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a hook says of a device. What else stands there is passed over.
 *
 * @param decision whether it is wanted
 * @param reason why not, for the tenant and the device
 * @param retryAfterSeconds when to ask again about one that is not decided yet; left out, in 30 seconds
 * @param deviceType the type that it gets instead of the enrolment's
 * @param tags tags that it gets beside the enrolment's, and instead of those of the same name
 * @param state what it is to be like at first, instead of what the enrolment says
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
record HookAnswer(
        @NotNull Decision decision,
        @Nullable @CleanText @Size(max = 500) String reason,

        @Nullable @Min(1) @Max(3_600) Integer retryAfterSeconds,

        @Nullable @Pattern(regexp = DeviceForms.TYPE) String deviceType,

        @Nullable @Size(max = 64)
        Map<@Pattern(regexp = DeviceForms.KEY) String, @NotNull @CleanText @Size(max = 256) String> tags,

        @Nullable JsonNode state) {

    @AssertTrue(message = "an object")
    boolean isState() {
        return state == null || state.isObject();
    }

    /** Whether a device is wanted. */
    enum Decision {
        @JsonProperty("allow")
        ALLOW,
        @JsonProperty("deny")
        DENY,
        @JsonProperty("wait")
        WAIT
    }
}
