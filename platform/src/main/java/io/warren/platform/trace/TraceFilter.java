package io.warren.platform.trace;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/** Takes over the caller's trace, or begins one, for the length of a request. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class TraceFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        TraceContext trace = TraceContext.parse(request.getHeader(TraceContext.HEADER))
                .map(TraceContext::child)
                .orElseGet(TraceContext::begin);
        try (TraceContext.Scope _ = trace.enter()) {
            chain.doFilter(request, response);
        }
    }

    /** The container's error dispatch happens outside the first pass and needs the trace as well. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }
}
