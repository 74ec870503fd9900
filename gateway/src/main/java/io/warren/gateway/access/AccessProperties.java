package io.warren.gateway.access;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How API keys are checked.
 *
 * @param bootstrapKey the platform administrator's key that is there from the first start, 32 to 200 characters without white
 *     space that do not begin with {@code wk_}; a secret file. Changed in the file, it is changed at the next start; absent, there is none
 * @param cacheTtl how long a key is known without asking the database, at most a minute. A key that is revoked on this replica
 *     is refused at once, on others within this time
 * @param cacheSize how many keys are known at most, the unknown ones that somebody tried included
 */
@Validated
@ConfigurationProperties("warren.access")
record AccessProperties(
        @Nullable @Pattern(regexp = "(?!wk_)\\S{32,200}") String bootstrapKey,
        @NotNull @DurationMax(minutes = 1) Duration cacheTtl,
        @Min(100) @Max(1_000_000) int cacheSize) {

    /** The key is a secret. */
    @Override
    public String toString() {
        return "AccessProperties[cacheTtl=" + cacheTtl + ", cacheSize=" + cacheSize + "]";
    }
}
