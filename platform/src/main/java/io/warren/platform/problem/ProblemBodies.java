package io.warren.platform.problem;

import io.warren.platform.trace.TraceContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.util.UriUtils;

/** The body of a problem, for controllers, filters and messages to devices alike. */
public final class ProblemBodies {

    private ProblemBodies() {}

    /** The body of a problem that was thrown; {@code instance} and {@code traceId} are added by {@link #complete}. */
    public static ProblemDetail of(ProblemException problem) {
        ProblemKind kind = problem.kind();
        ProblemDetail body = ProblemDetail.forStatusAndDetail(kind.status(), problem.getMessage());
        body.setType(URI.create(kind.urn()));
        body.setTitle(kind.title());
        if (!problem.violations().isEmpty()) {
            body.setProperty("errors", problem.violations());
        }
        return body;
    }

    /** Adds what is still missing: a stable type for a plain status, the instance and the trace id. */
    public static void complete(
            ProblemDetail body, HttpStatusCode status, String instance, @Nullable TraceContext trace) {
        URI type = body.getType();
        if (type == null || type.toString().equals("about:blank")) {
            HttpStatus known = HttpStatus.resolve(status.value());
            String name = known == null ? "status-" + status.value() : known.getReasonPhrase();
            body.setType(URI.create(
                    ProblemKind.URN_PREFIX + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-")));
        }
        body.setInstance(instance(instance));
        if (trace != null) {
            body.setProperty("traceId", trace.traceId());
        }
    }

    /** An address may have been refused for not being a URI. */
    private static URI instance(String path) {
        try {
            return new URI(path);
        } catch (URISyntaxException e) {
            return URI.create(UriUtils.encodePath(path, StandardCharsets.UTF_8));
        }
    }
}
