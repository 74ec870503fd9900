package io.warren.telemetry.body;

import java.util.Arrays;

/**
 * Something that is not stored.
 *
 * @param reason why, for programs
 * @param detail why, for people
 * @param pointer where in the body, as a JSON pointer (RFC 6901); empty for the whole of it
 * @param payload the beginning of what is refused, at most {@value #MAX_PAYLOAD} bytes
 * @param count how many elements it speaks for; 1 unless it stands for those that are not named
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Refusal(Reason reason, String detail, String pointer, byte[] payload, int count) {

    /** How much of a refused message is kept, in bytes. */
    public static final int MAX_PAYLOAD = 1024;

    /** The refusal of a whole body. */
    public static Refusal of(Reason reason, String detail, byte[] body) {
        return part(reason, detail, "", body, 0, body.length);
    }

    /** The refusal of the part of a body from one offset to another. */
    static Refusal part(Reason reason, String detail, String pointer, byte[] body, int from, int to) {
        return new Refusal(
                reason, detail, pointer, Arrays.copyOfRange(body, from, Math.min(to, from + MAX_PAYLOAD)), 1);
    }

    /** The refusal of the elements of a batch that are not named one by one. */
    static Refusal ofFurther(int count, byte[] body) {
        return new Refusal(
                Reason.FURTHER_ELEMENTS,
                "Refused as well: %d more of the batch.".formatted(count),
                "",
                Arrays.copyOf(body, Math.min(body.length, MAX_PAYLOAD)),
                count);
    }
}
