package io.warren.provisioning.registration;

import io.warren.provisioning.attestation.Attested;
import io.warren.provisioning.attestation.RegisterRequest;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a board is known by.
 *
 * @param identifiers physically, by its own word
 * @param key what tells it from others of its name behind its door; absent where nothing does
 */
record Board(Map<String, String> identifiers, @Nullable String key) {

    private static final int MOST_IDENTIFIERS = 16;

    /** The board that asks. */
    static Board of(RegisterRequest request, Attested attested) {
        return new Board(request.identifiers(), attested.board());
    }

    /** Whether another one asks: it shows another key, or something that both name is not the same. */
    boolean isNot(Board asking) {
        return (key != null && !key.equals(asking.key))
                || identifiers.entrySet().stream()
                        .anyMatch(own -> !asking.identifiers
                                .getOrDefault(own.getKey(), own.getValue())
                                .equals(own.getValue()));
    }

    /** Its identifiers with those that it names now. Leaving one out does not make it forgotten. */
    Map<String, String> identifiersWith(Map<String, String> named) {
        Map<String, String> all = new TreeMap<>(identifiers);
        named.forEach((kind, identifier) -> {
            if (all.size() < MOST_IDENTIFIERS) {
                all.putIfAbsent(kind, identifier);
            }
        });
        return all;
    }

    /**
     * A board that was not to take another's place.
     *
     * @param reason why not
     */
    record Denied(Map<String, String> identifiers, @Nullable String key, String reason) {

        /** Whether it is the one that asks. */
        boolean is(Board asking) {
            return Objects.equals(key, asking.key) && !new Board(identifiers, key).isNot(asking);
        }
    }
}
