package io.warren.gateway.connector;

import io.warren.platform.problem.ProblemBodies;
import io.warren.platform.trace.TraceContext;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/** Tells as a problem what the container refuses before any servlet sees it: malformed addresses and headers. */
class ProblemReportValve extends ErrorReportValve {

    private final JsonMapper json;

    ProblemReportValve(JsonMapper json) {
        this.json = json;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        ProblemDetail body = ProblemDetail.forStatus(status);
        String path = request.getRequestURI();
        ProblemBodies.complete(body, HttpStatusCode.valueOf(status), path == null ? "/" : path, TraceContext.begin());
        byte[] content = json.writeValueAsBytes(body);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(content.length);
        try {
            response.getOutputStream().write(content);
            response.finishResponse();
        } catch (IOException e) {
            container.getLogger().debug("The caller left before it could be told what was wrong", e);
        }
    }
}
