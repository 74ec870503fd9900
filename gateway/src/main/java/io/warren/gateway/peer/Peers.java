package io.warren.gateway.peer;

import io.warren.gateway.peer.ClientCertificateProperties.AddressField;
import io.warren.platform.clientcertificate.ClientCertFields;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.stereotype.Component;

/**
 * Tells who is at the other end of a connection. Of a proxy that is trusted it is what the proxy says; what anybody else says of
 * itself is not looked at.
 */
@Component
public class Peers {

    private static final String TLS_CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private final List<IpAddressMatcher> trusted;
    private final AddressField addressField;

    Peers(ClientCertificateProperties properties) {
        this.trusted =
                properties.trustedProxies().stream().map(IpAddressMatcher::new).toList();
        this.addressField = properties.addressField();
    }

    /**
     * Who sent a request.
     *
     * @throws ProblemException if a trusted proxy says it in a way that cannot be read
     */
    public Peer of(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        if (!isTrusted(address)) {
            return new Peer(address, shown(request));
        }
        return new Peer(addressSaid(request, address), certificatesSaid(request));
    }

    private boolean isTrusted(String address) {
        return trusted.stream().anyMatch(network -> network.matches(address));
    }

    /** A chain that is longer than what can be handed on is cut: who judges it then misses an authority, and says so. */
    private static List<X509Certificate> shown(HttpServletRequest request) {
        return request.getAttribute(TLS_CERTIFICATES) instanceof X509Certificate[] chain
                ? List.of(chain).subList(0, Math.min(chain.length, ClientCertFields.MOST_CERTIFICATES))
                : List.of();
    }

    private static List<X509Certificate> certificatesSaid(HttpServletRequest request) {
        try {
            return ClientCertFields.read(
                    Collections.list(request.getHeaders(ClientCertFields.CERTIFICATE)),
                    Collections.list(request.getHeaders(ClientCertFields.CHAIN)));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemKind.MALFORMED, "The proxy in front does not say properly which certificate was shown.");
        }
    }

    /** The last one that no trusted proxy has: whoever is before that may have written what is further left. */
    private String addressSaid(HttpServletRequest request, String proxy) {
        List<String> said = switch (addressField) {
            case X_FORWARDED_FOR ->
                ForwardedAddresses.forwardedFor(Collections.list(request.getHeaders("X-Forwarded-For")));
            case FORWARDED -> ForwardedAddresses.forwarded(Collections.list(request.getHeaders("Forwarded")));
        };
        String address = proxy;
        for (String before : said.reversed()) {
            if (!isTrusted(address)) {
                break;
            }
            address = before;
        }
        return address;
    }
}
