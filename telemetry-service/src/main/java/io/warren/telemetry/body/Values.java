package io.warren.telemetry.body;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The grammar of what a measurement may hold. It asks for nothing that PostgreSQL's {@code jsonb} refuses or blows up: no
 * {@code \\u0000}, no half of a surrogate pair, no number beyond what a double holds.
 */
final class Values {

    /** The most members of a measurement. */
    static final int MAX_KEYS = 256;

    /** The most characters of a key. */
    static final int MAX_KEY_LENGTH = 64;

    /** The most characters of a number. */
    static final int MAX_NUMBER_LENGTH = 400;

    private static final int MAX_STRING_LENGTH = 4096;
    private static final int MAX_OBJECT_MEMBERS = 32;
    private static final int MAX_EXPONENT = 308;

    private Values() {}

    /** Checks the name of a value. */
    static void checkKey(String key) throws Unacceptable {
        if (key.isEmpty() || key.length() > MAX_KEY_LENGTH) {
            throw new Unacceptable(Reason.INVALID_KEY, "A key has 1 to " + MAX_KEY_LENGTH + " characters.");
        }
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c < ' ' || c == ',' || c == '"' || c == '\\' || c == '\u007F') {
                throw new Unacceptable(
                        Reason.INVALID_KEY, "A key has no control characters, commas, quotes or backslashes.");
            }
        }
        checkPairs(key);
    }

    /** Reads over the value at the parser's place: a number, a boolean, a text, or an object of these. */
    static void check(JsonParser json) throws Unacceptable {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            checkObject(json);
        } else {
            checkScalar(json);
        }
    }

    private static void checkObject(JsonParser json) throws Unacceptable {
        int members = 0;
        Unacceptable first = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            try {
                checkKey(json.currentName());
                json.nextToken();
                checkScalar(json);
                if (++members > MAX_OBJECT_MEMBERS) {
                    throw new Unacceptable(
                            Reason.INVALID_VALUE, "An object has at most " + MAX_OBJECT_MEMBERS + " members.");
                }
            } catch (Unacceptable e) {
                first = first == null ? e : first;
                skipValue(json);
            }
        }
        if (first != null) {
            throw first;
        }
        if (members == 0) {
            throw new Unacceptable(Reason.INVALID_VALUE, "An object without members says nothing.");
        }
    }

    /**
     * Reads over an object of any JSON at the parser's place.
     *
     * @param depth how many objects and arrays there may be within one another, with this one
     */
    static void checkTree(JsonParser json, int depth) throws Unacceptable {
        int open = 0;
        do {
            switch (json.currentToken()) {
                case START_OBJECT, START_ARRAY -> {
                    if (++open > depth) {
                        throw new Unacceptable(
                                Reason.INVALID_VALUE, "There are more than " + depth + " objects and arrays in a row.");
                    }
                }
                case END_OBJECT, END_ARRAY -> open--;
                case PROPERTY_NAME -> checkPairs(json.currentName());
                case VALUE_STRING -> checkPairs(json.getString());
                case VALUE_NUMBER_FLOAT -> checkFloat(json);
                default -> {
                    // a whole number, true, false or null: any of them
                }
            }
        } while (open > 0 && json.nextToken() != null);
    }

    /** Moves to the end of the member that the parser is in, whether at its name or at its value. */
    static void skipValue(JsonParser json) {
        if (json.currentToken() == JsonToken.PROPERTY_NAME) {
            json.nextToken();
        }
        json.skipChildren();
    }

    private static void checkScalar(JsonParser json) throws Unacceptable {
        switch (json.currentToken()) {
            case VALUE_TRUE, VALUE_FALSE, VALUE_NUMBER_INT -> {
                // any of them; the length of a number is bounded by the parser
            }
            case VALUE_NUMBER_FLOAT -> checkFloat(json);
            case VALUE_STRING -> checkString(json);
            default ->
                throw new Unacceptable(
                        Reason.INVALID_VALUE, "A value is a number, a boolean, a text or an object of these.");
        }
    }

    private static void checkString(JsonParser json) throws Unacceptable {
        if (json.getStringLength() > MAX_STRING_LENGTH) {
            throw new Unacceptable(Reason.INVALID_VALUE, "A text has at most " + MAX_STRING_LENGTH + " characters.");
        }
        char[] chars = json.getStringCharacters();
        int from = json.getStringOffset();
        int to = from + json.getStringLength();
        for (int i = from; i < to; i++) {
            if (chars[i] == 0 || Character.isSurrogate(chars[i])) {
                checkPairs(new String(chars, from, to - from));
                return;
            }
        }
    }

    /** Checks a text for what the database cannot hold. */
    static void checkPairs(String text) throws Unacceptable {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == 0 || (Character.isSurrogate(c) && !pair)) {
                throw new Unacceptable(
                        Reason.INVALID_VALUE, "A text holds no \\u0000 and no half of a surrogate pair.");
            }
            i += pair ? 1 : 0;
        }
    }

    /** A number without an exponent is as large as its text; one with an exponent is held to what a double can be. */
    private static void checkFloat(JsonParser json) throws Unacceptable {
        char[] chars = json.getStringCharacters();
        int from = json.getStringOffset();
        int to = from + json.getStringLength();
        for (int i = from; i < to; i++) {
            if (chars[i] == 'e' || chars[i] == 'E') {
                if (Double.isInfinite(json.getDoubleValue()) || !isExponent(chars, i + 1, to)) {
                    throw new Unacceptable(Reason.INVALID_VALUE, "The number is beyond what a double can hold.");
                }
                return;
            }
        }
    }

    private static boolean isExponent(char[] chars, int from, int to) {
        int exponent = 0;
        for (int i = from; i < to && exponent <= MAX_EXPONENT; i++) {
            int digit = Character.digit(chars[i], 10);
            exponent = digit < 0 ? exponent : exponent * 10 + digit;
        }
        return exponent <= MAX_EXPONENT;
    }
}
