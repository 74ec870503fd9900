package io.warren.provisioning.offlinebundle;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads what is in a bundle, never more than some rows at a time. What cannot be read is a {@link ProblemException}. */
final class ContentsReader implements AutoCloseable {

    /** The member that comes first. */
    static final String PREAMBLE = "bundle";

    private static final ProblemKind UNREADABLE = new ProblemKind(
            "bundle-unreadable", HttpStatus.UNPROCESSABLE_CONTENT, "The bundle says something that is not known here");

    /** What is left out is as if it were not there; what is not known may matter, and is not read over. */
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .changeDefaultPropertyInclusion(
                    _ -> JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.USE_DEFAULTS))
            .build();

    private final JsonParser in;

    ContentsReader(byte[] contents) {
        this.in = JSON.createParser(contents);
    }

    /** What the bundle says of itself; to be asked first. */
    Preamble preamble() {
        try {
            if (in.nextToken() != JsonToken.START_OBJECT || !PREAMBLE.equals(nextPart())) {
                throw unreadable("it does not begin like a bundle");
            }
            Preamble preamble = in.readValueAs(Preamble.class);
            if (preamble == null || preamble.format() != Preamble.FORMAT) {
                throw unreadable("it is of another format than " + Preamble.FORMAT);
            }
            return preamble;
        } catch (JacksonException e) {
            throw unreadable("it does not begin like a bundle");
        }
    }

    /** The name of the next part; absent at the end. */
    @Nullable
    String nextPart() {
        try {
            if (in.nextToken() != JsonToken.PROPERTY_NAME) {
                return null;
            }
            String name = in.currentName();
            in.nextToken();
            return name;
        } catch (JacksonException e) {
            throw unreadable("it is no JSON");
        }
    }

    /**
     * The next rows of the part.
     *
     * @param most how many at the most
     * @return none at its end
     */
    <R> List<R> rows(Class<R> type, int most) {
        List<R> rows = new ArrayList<>();
        try {
            while (rows.size() < most
                    && !in.hasToken(JsonToken.END_ARRAY)
                    && in.nextToken() == JsonToken.START_OBJECT) {
                rows.add(in.readValueAs(type));
            }
        } catch (JacksonException e) {
            // what the reader says of it may quote a key
            throw unreadable("a row of " + type.getSimpleName());
        }
        return rows;
    }

    /** What is said of a bundle that says what is not known. */
    static ProblemException unreadable(String what) {
        return new ProblemException(
                UNREADABLE, "The bundle was opened, but " + what + ": was it made by a newer version of the platform?");
    }

    @Override
    public void close() {
        in.close();
    }
}
