package io.warren.gateway.device;

import io.warren.gateway.access.Identity;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Lets a request through that a device has proved to be its own, and no other. */
class DeviceFilter extends OncePerRequestFilter {

    private static final ProblemKind UNAUTHORIZED =
            new ProblemKind("unauthorized", HttpStatus.UNAUTHORIZED, "Unauthorized");
    private static final String NEEDED =
            "This needs the device's address and a secret or token of it, with HTTP Basic authentication.";
    private static final String CHALLENGE = "Basic realm=\"warren-device\", charset=\"UTF-8\"";

    private final DeviceSignIns signIns;
    private final RefusalDelay delay;
    private final HandlerExceptionResolver problems;

    DeviceFilter(DeviceSignIns signIns, RefusalDelay delay, HandlerExceptionResolver problems) {
        this.signIns = signIns;
        this.delay = delay;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            remember(identify(request));
        } catch (AuthenticationException refusal) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
            problems.resolveException(request, response, null, new ProblemException(UNAUTHORIZED, NEEDED));
            return;
        } catch (ProblemException refusal) {
            problems.resolveException(request, response, null, refusal);
            return;
        }
        chain.doFilter(request, response);
    }

    private Identity identify(HttpServletRequest request) {
        List<String> authorizations = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
        if (authorizations.isEmpty()) {
            throw new AuthenticationCredentialsNotFoundException("No credentials");
        }
        if (authorizations.size() > 1) {
            // a service or a proxy might believe the other one
            throw new BadCredentialsException("Two Authorization headers");
        }
        BasicCredentials credentials = BasicCredentials.parse(authorizations.getFirst())
                .orElseThrow(() -> new BadCredentialsException("Not a device's credentials"));
        try {
            return signIns.identify(credentials, request.getRemoteAddr());
        } catch (BadCredentialsException refusal) {
            delay.hold();
            throw refusal;
        }
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
