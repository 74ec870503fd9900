package io.warren.registry.group;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.device.DeviceId;
import io.warren.platform.expression.ExpressionLanguage;
import io.warren.platform.web.CleanText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an integrator says of a group. What only the platform knows of it is read over, so that a group can be read, changed and
 * put back.
 *
 * @param name a name for people, up to 200 characters
 * @param filter an expression that is true of the devices that are in it; left out, the group is a list
 * @param devices of a list, the devices that are in it and no others, up to 10,000; left out, a new list is empty and an old one as
 *     before
 */
@JsonIgnoreProperties({"id", "count", "createdAt", "version"})
@JsonInclude(JsonInclude.Include.NON_NULL)
record GroupDescription(
        @Size(min = 1, max = 200) @CleanText @Nullable String name,

        @Size(min = 1, max = ExpressionLanguage.MAX_LENGTH) @Nullable
        String filter,

        @Size(max = MOST_AT_ONCE) @Nullable Set<@NotNull DeviceId> devices) {

    /** How many devices can be named in one request. */
    static final int MOST_AT_ONCE = 10_000;
}
