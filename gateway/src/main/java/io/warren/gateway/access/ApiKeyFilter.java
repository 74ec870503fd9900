package io.warren.gateway.access;

import io.warren.platform.problem.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Checks the key of a request. One without a key goes on as nobody's, for the rules to refuse. */
class ApiKeyFilter extends OncePerRequestFilter {

    private static final String TENANT_HEADER = "Warren-Tenant";
    private static final String SCHEME = "Bearer ";
    private static final int LONGEST = 256;

    private final Authentications authentications;
    private final HandlerExceptionResolver problems;

    ApiKeyFilter(Authentications authentications, HandlerExceptionResolver problems) {
        this.authentications = authentications;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            identify(request).ifPresent(ApiKeyFilter::remember);
        } catch (AuthenticationException | ProblemException | DataAccessException | TransactionException refusal) {
            problems.resolveException(request, response, null, refusal);
            return;
        }
        chain.doFilter(request, response);
    }

    private Optional<Identity> identify(HttpServletRequest request) {
        List<String> authorizations = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
        if (authorizations.isEmpty()) {
            return Optional.empty();
        }
        List<String> tenants = Collections.list(request.getHeaders(TENANT_HEADER));
        String authorization = authorizations.getFirst();
        // of two, a service or a proxy might believe the other one
        if (authorizations.size() > 1
                || tenants.size() > 1
                || authorization.length() > LONGEST
                || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw authentications.unreadable();
        }
        String shown = authorization.substring(SCHEME.length()).strip();
        return Optional.of(authentications.authenticate(shown, tenants.isEmpty() ? null : tenants.getFirst()));
    }

    private static void remember(Identity identity) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                identity,
                null,
                List.of(new SimpleGrantedAuthority(identity.role().authority()))));
        SecurityContextHolder.setContext(context);
    }
}
