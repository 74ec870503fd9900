package io.warren.platform.transfer;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** An answer in lines of JSON. It begins with the first of them, so that what fails before is a problem like any other. */
public final class AnswerLines {

    /** Lines of JSON (NDJSON). */
    public static final String MEDIA_TYPE = "application/x-ndjson";

    private final HttpServletResponse response;
    private final JsonMapper json;
    private @Nullable OutputStream out;

    /** The lines of an answer that has not begun. */
    public AnswerLines(HttpServletResponse response, JsonMapper json) {
        this.response = response;
        this.json = json;
    }

    /**
     * Sends lines at once; waits for as long as the caller does not take them.
     *
     * @throws IOException if the caller is gone
     */
    public void write(List<?> lines) throws IOException {
        OutputStream begun = out;
        if (begun == null) {
            response.setContentType(MEDIA_TYPE);
            begun = new BufferedOutputStream(response.getOutputStream(), 32 * 1024);
            out = begun;
        }
        for (Object line : lines) {
            begun.write(json.writeValueAsBytes(line));
            begun.write('\n');
        }
        begun.flush();
    }
}
