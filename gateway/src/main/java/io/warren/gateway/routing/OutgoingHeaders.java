package io.warren.gateway.routing;

import io.warren.gateway.access.Identity;
import io.warren.gateway.peer.ForwardedAddresses;
import io.warren.gateway.peer.Peer;
import io.warren.gateway.peer.Peers;
import io.warren.gateway.token.InternalTokens;
import io.warren.platform.clientcertificate.ClientCertFields;
import io.warren.platform.trace.TraceContext;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/**
 * The headers with which a request goes on: the caller's, without anything that says who the caller is or where the request
 * came from, and with our own word on that.
 */
@Component
class OutgoingHeaders {

    /** Names the caller chose for itself; those of the body's framing, which the client writes anew. */
    private static final Set<String> DROPPED = Set.of(
            "authorization",
            "warren-tenant",
            "warren-device-authorization",
            "client-cert",
            "client-cert-chain",
            "cookie",
            "forwarded",
            "via",
            "x-real-ip",
            "true-client-ip",
            "x-http-method-override",
            "x-http-method",
            "x-method-override",
            "traceparent",
            "tracestate",
            "baggage",
            "host",
            "expect",
            "content-length");

    private static final Set<String> DROPPED_PREFIXES =
            Set.of("x-forwarded-", "x-original-", "x-rewrite-", "x-ssl-", "x-client-", "x-amzn-", "x-envoy-");

    /** Where devices sign in with HTTP Basic authentication to get an identity. */
    private static final String EST = "/.well-known/est/";

    /** What they show there as their {@code Authorization}. */
    private static final String DEVICE_AUTHORIZATION = "Warren-Device-Authorization";

    private final InternalTokens tokens;
    private final Peers peers;

    OutgoingHeaders(InternalTokens tokens, Peers peers) {
        this.tokens = tokens;
        this.peers = peers;
    }

    /**
     * The headers of a request with which a device wants an identity: besides, who is at the other end of the connection. That is on
     * our word only, for what the caller said of it is dropped like any other.
     */
    HttpHeaders withPeer(HttpServletRequest incoming) {
        HttpHeaders outgoing = of(incoming);
        Peer peer = peers.of(incoming);
        List<X509Certificate> certificates = peer.certificates();
        if (!certificates.isEmpty()) {
            outgoing.set(ClientCertFields.CERTIFICATE, ClientCertFields.item(certificates.getFirst()));
        }
        if (certificates.size() > 1) {
            outgoing.set(ClientCertFields.CHAIN, ClientCertFields.list(certificates.subList(1, certificates.size())));
        }
        outgoing.set("Forwarded", ForwardedAddresses.field(peer.address()));
        if (incoming.getRequestURI().startsWith(EST)) {
            // ours takes the place of the one with which a device signs in there, which the service judges
            Collections.list(incoming.getHeaders(HttpHeaders.AUTHORIZATION))
                    .forEach(value -> outgoing.add(DEVICE_AUTHORIZATION, value));
        }
        return outgoing;
    }

    /** Read from the request itself: what the framework shows has a character set added to every content type. */
    HttpHeaders of(HttpServletRequest incoming) {
        HttpHeaders outgoing = new HttpHeaders();
        Set<String> hopByHop = HopByHop.headers(Collections.list(incoming.getHeaders(HttpHeaders.CONNECTION)));
        for (String name : Collections.list(incoming.getHeaderNames())) {
            if (!hopByHop.contains(name) && !isDropped(name.toLowerCase(Locale.ROOT))) {
                outgoing.addAll(name, Collections.list(incoming.getHeaders(name)));
            }
        }
        Identity caller = caller();
        outgoing.setBearerAuth(tokens.mint(caller.subject(), caller.tenant(), caller.role()));
        TraceContext trace = TraceContext.current();
        if (trace != null) {
            outgoing.set(TraceContext.HEADER, trace.traceparent());
        }
        return outgoing;
    }

    private static boolean isDropped(String name) {
        return DROPPED.contains(name) || DROPPED_PREFIXES.stream().anyMatch(name::startsWith);
    }

    /** Where no key is asked for, nobody has been identified: it is a device's address. */
    private static Identity caller() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Identity identity
                ? identity
                : Identity.ANONYMOUS_DEVICE;
    }
}
