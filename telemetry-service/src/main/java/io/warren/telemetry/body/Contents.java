package io.warren.telemetry.body;

import java.util.List;

/**
 * What a message holds: what is good in it and what is not.
 *
 * @param readings what is good, in the device's order
 * @param refusals what is refused; in a batch, element by element as far as they are named
 */
public record Contents<T>(List<T> readings, List<Refusal> refusals) {

    static <T> Contents<T> refused(Refusal refusal) {
        return new Contents<>(List.of(), List.of(refusal));
    }
}
