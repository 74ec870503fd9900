package io.warren.platform.web;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Versions of resources as entity tags (RFC 9110, section 8.8.3), so that a lost update is refused and never silent. */
public final class EntityTags {

    private EntityTags() {}

    /** The strong tag of a version. */
    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /**
     * Checks the condition of a change.
     *
     * @param ifMatch the {@code If-Match} header; absent or {@code *} allows any version
     * @param version the version that there is now
     * @throws ProblemException of kind {@link ProblemKind#STALE} if the caller saw another version
     */
    public static void check(@Nullable String ifMatch, long version) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return;
        }
        for (String tag : ifMatch.split(",", -1)) {
            if (tag.strip().equals(of(version))) {
                return;
            }
        }
        throw new ProblemException(
                ProblemKind.STALE, "The resource has version " + version + " now: read it again and retry.");
    }

    /**
     * Checks the condition of a change that makes what is not there yet (RFC 9110, section 13.1.1).
     *
     * @param ifMatch the {@code If-Match} header; {@code *} allows any version, but not none
     * @param version the version that there is now; empty if there is nothing
     * @throws ProblemException of kind {@link ProblemKind#STALE} if the caller saw another version, or there is nothing
     */
    public static void check(@Nullable String ifMatch, Optional<Long> version) {
        if (version.isPresent()) {
            check(ifMatch, version.get());
        } else if (ifMatch != null) {
            throw new ProblemException(ProblemKind.STALE, "There is no such resource: leave out If-Match to make it.");
        }
    }
}
