package io.warren.gateway.device;

import io.warren.gateway.access.Identity;
import io.warren.gateway.peer.Peer;
import io.warren.gateway.peer.Peers;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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
            "This needs the device's address and a secret or token of it, with HTTP Basic authentication, or its certificate.";
    private static final String CHALLENGE = "Basic realm=\"warren-device\", charset=\"UTF-8\"";

    private final Peers peers;
    private final DeviceSignIns signIns;
    private final RefusalDelay delay;
    private final HandlerExceptionResolver problems;

    DeviceFilter(Peers peers, DeviceSignIns signIns, RefusalDelay delay, HandlerExceptionResolver problems) {
        this.peers = peers;
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
        Peer peer = peers.of(request);
        Optional<DeviceCertificate> certificate =
                peer.certificates().stream().findFirst().flatMap(DeviceCertificate::of);
        Optional<BasicCredentials> credentials = credentials(request);
        try {
            if (credentials.isEmpty()) {
                return signIns.identify(
                        certificate.orElseThrow(() -> new AuthenticationCredentialsNotFoundException("No credentials")),
                        peer.address());
            }
            if (certificate
                    .filter(shown -> !shown.device().equals(credentials.get().device()))
                    .isPresent()) {
                throw new BadCredentialsException("The certificate names another device");
            }
            return signIns.identify(credentials.get(), peer.address());
        } catch (BadCredentialsException refusal) {
            delay.hold();
            throw refusal;
        }
    }

    private static Optional<BasicCredentials> credentials(HttpServletRequest request) {
        List<String> authorizations = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
        if (authorizations.isEmpty()) {
            return Optional.empty();
        }
        if (authorizations.size() > 1) {
            // a service or a proxy might believe the other one
            throw new BadCredentialsException("Two Authorization headers");
        }
        return Optional.of(BasicCredentials.parse(authorizations.getFirst())
                .orElseThrow(() -> new BadCredentialsException("Not a device's credentials")));
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
