package io.warren.provisioning.offlinebundle;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.io.ByteArrayOutputStream;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JsonGenerator;

/** Writes what is in a bundle, as one JSON object, up to a size. */
final class ContentsWriter implements AutoCloseable {

    private static final ProblemKind TOO_LARGE =
            new ProblemKind("bundle-too-large", HttpStatus.UNPROCESSABLE_CONTENT, "More than fits into one bundle");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * 1024);
    private final JsonGenerator out;
    private int rows;

    ContentsWriter(Preamble preamble) {
        this.out = ContentsReader.JSON.createGenerator(bytes);
        out.writeStartObject();
        out.writePOJOProperty(ContentsReader.PREAMBLE, preamble);
    }

    /** Begins with the rows of a part. */
    void begin(String part) {
        out.writeArrayPropertyStart(part);
    }

    /**
     * Writes a row.
     *
     * @throws ProblemException if there is no more room
     */
    void row(Object row) {
        ContentsReader.JSON.writeValue(out, row);
        rows++;
        if (bytes.size() > BundleLock.MOST) {
            throw new ProblemException(
                    TOO_LARGE,
                    "A bundle has at most 8 MiB before it is locked: take fewer groups at a time, or leave out their manifests"
                            + " with \"manifests\": false and import those on the site as they came from the factory.");
        }
    }

    /** Ends the rows of a part. */
    void end() {
        out.writeEndArray();
    }

    /** How many rows there are. */
    int rows() {
        return rows;
    }

    /** All that was written. */
    byte[] contents() {
        out.writeEndObject();
        out.flush();
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        out.close();
    }
}
