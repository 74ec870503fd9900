package io.warren.telemetry.body;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * One JSON object with a measurement, read in a single pass and without a tree: its values are cut out of the body as the device
 * wrote them once they have proved right. Which form it has is known only at its end, since members come in any order.
 */
final class Element {

    private static final String TS = "ts";
    private static final String SEQ = "seq";
    private static final String VALUES = "values";

    private final JsonParser json;
    private final byte[] body;
    private final Times times;
    private final int from;
    private final int to;

    private boolean hasTime;
    private boolean hasValues;
    private long ts = Reading.AT_ARRIVAL;
    private long seq = Reading.UNNUMBERED;
    private String values = "";
    private int keys;
    private @Nullable String stranger;
    private @Nullable Fault bareFault;
    private @Nullable Fault timedFault;

    /** Reads the object at whose beginning the parser is. */
    Element(JsonParser json, byte[] body, Times times) {
        this.json = json;
        this.body = body;
        this.times = times;
        this.from = offset();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            readMember(json.currentName());
        }
        this.to = offset() + 1;
    }

    /** Whether it has a member that only a measurement with its own time has. */
    boolean isTimed() {
        return hasTime || hasValues;
    }

    /** What is wrong with it as a measurement with its own time. */
    @Nullable
    Fault faultWhenTimed() {
        if (!hasTime) {
            return Fault.at(TS, Reason.INVALID_TIME, "The time is missing.");
        }
        if (!hasValues) {
            return Fault.at(VALUES, Reason.EMPTY, "The values are missing.");
        }
        if (stranger != null) {
            return Fault.at(stranger, Reason.MALFORMED, "Beside ts, seq and values there is nothing.");
        }
        return timedFault;
    }

    /** What is wrong with it as values alone. */
    @Nullable
    Fault faultWhenBare() {
        return keys == 0 ? new Fault(Reason.EMPTY, "There are no values.", "") : bareFault;
    }

    /** The measurement with its own time that it is, if there is nothing wrong with it. */
    Reading timed() {
        return new Reading(ts, seq, values);
    }

    /** The values alone that it is, if there is nothing wrong with it. */
    Reading bare() {
        return new Reading(Reading.AT_ARRIVAL, Reading.UNNUMBERED, text(from, to));
    }

    /** It is refused, at a place in the whole body. */
    Refusal refusal(Fault fault, String pointer) {
        return Refusal.part(fault.reason(), fault.detail(), pointer + fault.pointer(), body, from, to);
    }

    private void readMember(String name) {
        json.nextToken();
        switch (name) {
            case TS -> {
                hasTime = true;
                readTime();
            }
            case VALUES -> {
                hasValues = true;
                readValues();
            }
            case SEQ -> {
                readSeq();
                readBareValue(name);
            }
            default -> {
                stranger = stranger == null ? name : stranger;
                readBareValue(name);
            }
        }
    }

    private void readTime() {
        try {
            ts = times.read(json);
        } catch (Unacceptable e) {
            fail(e.at(TS));
        }
        json.skipChildren();
    }

    private void readSeq() {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT && Times.fitsLong(json) && json.getLongValue() >= 0) {
            seq = json.getLongValue();
        } else {
            fail(Fault.at(SEQ, Reason.INVALID_SEQ, "A sequence number is a whole number from 0 to 2^63-1."));
        }
    }

    private void readValues() {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            fail(Fault.at(VALUES, Reason.INVALID_VALUE, "The values are an object."));
            json.skipChildren();
            return;
        }
        int begin = offset();
        int count = 0;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            json.nextToken();
            Fault fault = checkValue(key, ++count);
            if (fault != null) {
                fail(new Fault(fault.reason(), fault.detail(), "/" + VALUES + fault.pointer()));
            }
        }
        if (count == 0) {
            fail(Fault.at(VALUES, Reason.EMPTY, "There are no values."));
        }
        if (timedFault == null) {
            values = text(begin, offset() + 1);
        }
    }

    private void readBareValue(String key) {
        Fault fault = checkValue(key, ++keys);
        bareFault = bareFault == null ? fault : bareFault;
    }

    /** Reads over a value, to its end whatever it is. */
    private @Nullable Fault checkValue(String key, int count) {
        try {
            if (count > Values.MAX_KEYS) {
                throw new Unacceptable(Reason.INVALID_KEY, "A measurement has at most " + Values.MAX_KEYS + " values.");
            }
            Values.checkKey(key);
            Values.check(json);
            return null;
        } catch (Unacceptable e) {
            json.skipChildren();
            return e.at(key);
        }
    }

    private void fail(Fault fault) {
        timedFault = timedFault == null ? fault : timedFault;
    }

    private int offset() {
        return (int) json.currentTokenLocation().getByteOffset();
    }

    private String text(int begin, int end) {
        return new String(body, begin, end - begin, StandardCharsets.UTF_8);
    }
}
