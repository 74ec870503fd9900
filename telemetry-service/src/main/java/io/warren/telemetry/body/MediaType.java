package io.warren.telemetry.body;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What devices say their bodies are. */
public final class MediaType {

    private static final String JSON = "application/json";

    private MediaType() {}

    /** Whether a body is JSON by its content type, or nothing is said. */
    public static boolean isJson(@Nullable String contentType) {
        if (contentType == null || contentType.equals(JSON)) {
            return true;
        }
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.isBlank() || type.strip().toLowerCase(Locale.ROOT).equals(JSON);
    }
}
