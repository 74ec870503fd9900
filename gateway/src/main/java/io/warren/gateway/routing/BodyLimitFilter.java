package io.warren.gateway.routing;

import io.warren.platform.problem.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Refuses bodies that are too large: at once when their length is announced, else as soon as they are. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class BodyLimitFilter extends OncePerRequestFilter {

    private static final String ARTIFACTS = "/api/v1/artifacts";
    private static final String DIAGNOSTICS = "/device/v1/diagnostics/";
    private static final String BUNDLE = "/api/v1/enrollment-groups:import";
    private static final String IMPORT = "/api/v1/devices:import";

    private static final Pattern MANIFEST = Pattern.compile("/api/v1/enrollment-groups/[^/]+/manifest:import");

    private final long maxBody;
    private final long maxBundle;
    private final long maxArtifact;
    private final long maxDiagnostics;
    private final long maxImport;
    private final HandlerExceptionResolver problems;

    BodyLimitFilter(RoutingProperties properties, HandlerExceptionResolver handlerExceptionResolver) {
        this.maxBody = properties.maxBody().toBytes();
        this.maxBundle = properties.maxBundle().toBytes();
        this.maxArtifact = properties.maxArtifact().toBytes();
        this.maxDiagnostics = properties.maxDiagnostics().toBytes();
        this.maxImport = properties.maxImport().toBytes();
        this.problems = handlerExceptionResolver;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long limit = limit(request.getRequestURI());
        if (request.getContentLengthLong() > limit) {
            ProblemException refusal = LimitedBody.tooLarge(limit);
            problems.resolveException(request, response, null, refusal);
            return;
        }
        chain.doFilter(new LimitedBody(request, limit), response);
    }

    private long limit(String path) {
        if (path.equals(IMPORT) || MANIFEST.matcher(path).matches()) {
            return maxImport;
        }
        if (path.equals(BUNDLE)) {
            return maxBundle;
        }
        if (path.startsWith(DIAGNOSTICS)) {
            return maxDiagnostics;
        }
        return path.equals(ARTIFACTS) || path.startsWith(ARTIFACTS + "/") ? maxArtifact : maxBody;
    }
}
