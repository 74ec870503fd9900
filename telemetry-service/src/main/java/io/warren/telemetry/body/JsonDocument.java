package io.warren.telemetry.body;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** A body that is one JSON document (RFC 8259) in UTF-8; one that is not is refused as a whole. */
final class JsonDocument {

    /** The most elements of a batch. */
    static final int MAX_BATCH = 1000;

    /** Arrays and objects within one another that are read at all, before one is refused for its depth. */
    private static final int MAX_DEPTH = 64;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(Values.MAX_NUMBER_LENGTH)
                    .build())
            .build();

    private JsonDocument() {}

    /** Reads the document at whose first token the parser is, to its last. */
    @FunctionalInterface
    interface Whole<T> {
        Contents<T> read(JsonParser json) throws Unacceptable;
    }

    /** Reads an element of a batch, an object at whose beginning the parser is, to its end. */
    @FunctionalInterface
    interface Part<T> {
        void read(String pointer, List<T> readings, Refusals refusals);
    }

    static <T> Contents<T> read(byte[] body, Whole<T> whole) {
        if (!isUtf8(body)) {
            return Contents.refused(Refusal.of(Reason.MALFORMED, "The body is not text in UTF-8.", body));
        }
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
            if (json.nextToken() == null) {
                return Contents.refused(Refusal.of(Reason.EMPTY, "The body is empty.", body));
            }
            Contents<T> contents = whole.read(json);
            return json.nextToken() == null
                    ? contents
                    : Contents.refused(
                            Refusal.of(Reason.MALFORMED, "Something follows the end of the JSON document.", body));
        } catch (Unacceptable e) {
            return Contents.refused(e.asRefusalOf(body));
        } catch (StreamConstraintsException e) {
            return Contents.refused(
                    Refusal.of(Reason.MALFORMED, "The JSON is nested too deeply or has an endless number.", body));
        } catch (JacksonException e) {
            return Contents.refused(Refusal.of(Reason.MALFORMED, fault(e), body));
        }
    }

    /** Reads the array at whose beginning the parser is; each of its elements is taken or refused on its own. */
    static <T> Contents<T> readBatch(JsonParser json, byte[] body, Part<T> part) throws Unacceptable {
        List<T> readings = new ArrayList<>();
        Refusals refusals = new Refusals();
        int index = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (index == MAX_BATCH) {
                throw new Unacceptable(Reason.BATCH_TOO_LARGE, "A batch has at most " + MAX_BATCH + " elements.");
            }
            String pointer = "/" + index++;
            if (json.currentToken() == JsonToken.START_OBJECT) {
                part.read(pointer, readings, refusals);
            } else {
                json.skipChildren();
                refusals.add(() ->
                        Refusal.part(Reason.MALFORMED, "An element of a batch is an object.", pointer, body, 0, 0));
            }
        }
        if (index == 0) {
            return Contents.refused(Refusal.of(Reason.EMPTY, "The batch has no elements.", body));
        }
        return new Contents<>(readings, refusals.of(body));
    }

    /** The parser would guess at other encodings, and does not look at every byte of a text. */
    private static boolean isUtf8(byte[] body) {
        boolean ascii = true;
        for (byte b : body) {
            if (b == 0) {
                return false;
            }
            ascii &= b > 0;
        }
        if (ascii) {
            return true;
        }
        try {
            return StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(body))
                            .charAt(0)
                    != '\uFEFF';
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** The parser's own words, without the lines that tell about itself. */
    private static String fault(JacksonException e) {
        String message = e.getOriginalMessage();
        String brief = message == null
                ? ""
                : message.lines()
                        .findFirst()
                        .orElse("")
                        .replaceAll("(: enable| \\(start marker| \\(not recognized).*|\\p{Cntrl}", " ")
                        .strip();
        var location = e.getLocation();
        String place =
                location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
        return "The body is not valid JSON: " + brief.substring(0, Math.min(brief.length(), 200)) + place;
    }
}
