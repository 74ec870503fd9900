package io.warren.platform.transfer;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Rows as lines of JSON, an object each. Empty lines are passed over. */
public final class JsonRows<K, V> implements Rows<K, V> {

    private final Lines lines;
    private final int mostBytes;
    private final JsonMapper json;
    private final Reading<K, V> reading;
    private boolean isWhole = true;

    /**
     * The rows of a stream.
     *
     * @param mostBytes how many bytes a row may have
     * @param reading what they say
     */
    public JsonRows(InputStream body, int mostBytes, JsonMapper json, Reading<K, V> reading) {
        this.lines = new Lines(body, mostBytes);
        this.mostBytes = mostBytes;
        this.json = json;
        this.reading = reading;
    }

    /** Tells what an object says. */
    @FunctionalInterface
    public interface Reading<K, V> {

        /** The row that the object on a line is, or its refusal. */
        Row<K, V> read(long line, ObjectNode object, int bytes);
    }

    @Override
    public @Nullable Row<K, V> next() {
        if (!isWhole) {
            return null;
        }
        try {
            while (lines.next()) {
                if (!isBlank(lines.bytes())) {
                    return read();
                }
            }
            return null;
        } catch (IOException e) {
            isWhole = false;
            return Row.malformed(lines.number(), "From here on it cannot be unzipped.");
        }
    }

    @Override
    public boolean isWhole() {
        return isWhole;
    }

    private Row<K, V> read() {
        if (lines.isCut()) {
            return Row.tooLong(lines.number(), mostBytes);
        }
        try {
            return json.readTree(lines.bytes()) instanceof ObjectNode object
                    ? reading.read(lines.number(), object, lines.bytes().length)
                    : Row.malformed(lines.number(), "A row is a JSON object.");
        } catch (JacksonException e) {
            TokenStreamLocation place = e.getLocation();
            String where = place == null ? "it ends too early." : "column " + place.getColumnNr() + ".";
            return Row.malformed(lines.number(), "The row is not JSON: " + where);
        }
    }

    private static boolean isBlank(byte[] line) {
        for (byte each : line) {
            if (each != ' ' && each != '\t' && each != '\r') {
                return false;
            }
        }
        return true;
    }
}
