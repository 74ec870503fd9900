package io.warren.telemetry.body;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

/**
 * Reads the three JSON forms of device protocol, version 1: the values alone, a measurement with its time, an array of up to
 * {@value #MAX_BATCH} of the latter. A body that is not JSON (RFC 8259) in UTF-8 is refused as a whole; in an array that is, each
 * element is stored or refused on its own.
 */
public final class JsonBody {

    /** The most elements of a batch. */
    public static final int MAX_BATCH = 1000;

    /** Arrays and objects within one another that are read at all, before one is refused for its depth. */
    private static final int MAX_DEPTH = 64;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(Values.MAX_NUMBER_LENGTH)
                    .build())
            .build();

    /**
     * Reads a body.
     *
     * @param arrivedMillis when the broker received it, in milliseconds since 1970-01-01T00:00Z
     * @param retention for how long its measurements would be kept; older ones are refused
     */
    public TelemetryBody read(byte[] body, long arrivedMillis, Duration retention) {
        if (!isUtf8(body)) {
            return TelemetryBody.refused(Refusal.of(Reason.MALFORMED, "The body is not text in UTF-8.", body));
        }
        Times times = new Times(arrivedMillis, retention);
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
            JsonToken first = json.nextToken();
            TelemetryBody result;
            if (first == JsonToken.START_OBJECT) {
                result = readOne(new Element(json, body, times));
            } else if (first == JsonToken.START_ARRAY) {
                result = readBatch(json, body, times);
            } else if (first == null) {
                return TelemetryBody.refused(Refusal.of(Reason.EMPTY, "The body is empty.", body));
            } else {
                return TelemetryBody.refused(
                        Refusal.of(Reason.MALFORMED, "The body is neither an object nor an array.", body));
            }
            if (json.nextToken() != null) {
                return TelemetryBody.refused(
                        Refusal.of(Reason.MALFORMED, "Something follows the end of the JSON document.", body));
            }
            return result;
        } catch (Unacceptable e) {
            return TelemetryBody.refused(e.asRefusalOf(body));
        } catch (StreamConstraintsException e) {
            return TelemetryBody.refused(
                    Refusal.of(Reason.MALFORMED, "The JSON is nested too deeply or has an endless number.", body));
        } catch (JacksonException e) {
            return TelemetryBody.refused(Refusal.of(Reason.MALFORMED, fault(e), body));
        }
    }

    private static TelemetryBody readOne(Element element) {
        Fault fault = element.isTimed() ? element.faultWhenTimed() : element.faultWhenBare();
        if (fault != null) {
            return TelemetryBody.refused(element.refusal(fault, ""));
        }
        return new TelemetryBody(List.of(element.isTimed() ? element.timed() : element.bare()), List.of());
    }

    /** In a batch each element says its own time: that of the batch's arrival would be wrong for all but the last. */
    private static TelemetryBody readBatch(JsonParser json, byte[] body, Times times) throws Unacceptable {
        List<Reading> readings = new ArrayList<>();
        Refusals refusals = new Refusals();
        int index = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (index == MAX_BATCH) {
                throw new Unacceptable(Reason.BATCH_TOO_LARGE, "A batch has at most " + MAX_BATCH + " elements.");
            }
            String pointer = "/" + index++;
            if (json.currentToken() != JsonToken.START_OBJECT) {
                json.skipChildren();
                refusals.add(() ->
                        Refusal.part(Reason.MALFORMED, "An element of a batch is an object.", pointer, body, 0, 0));
                continue;
            }
            Element element = new Element(json, body, times);
            Fault fault = element.faultWhenTimed();
            if (fault == null) {
                readings.add(element.timed());
            } else {
                refusals.add(() -> element.refusal(fault, pointer));
            }
        }
        if (index == 0) {
            return TelemetryBody.refused(Refusal.of(Reason.EMPTY, "The batch has no elements.", body));
        }
        return new TelemetryBody(readings, refusals.of(body));
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
