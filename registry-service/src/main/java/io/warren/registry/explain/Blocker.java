package io.warren.registry.explain;

import java.util.List;

/**
 * What keeps something from applying to a device, or from having reached it.
 *
 * @param reason a word for it that stays the same: {@code target-not-met}
 * @param detail the same for people
 * @param pointers JSON pointers (RFC 6901) to the places of the state that it is about; empty if it is about all of it
 */
public record Blocker(String reason, String detail, List<String> pointers) {

    /** A blocker of the whole. */
    public Blocker(String reason, String detail) {
        this(reason, detail, List.of());
    }
}
