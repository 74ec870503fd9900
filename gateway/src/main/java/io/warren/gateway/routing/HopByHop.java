package io.warren.gateway.routing;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpMessage;

/** Headers that concern one connection only (RFC 9110, section 7.6.1) and are never handed on. */
final class HopByHop {

    private static final Set<String> ALWAYS = Set.of(
            "Connection",
            "Keep-Alive",
            "Proxy-Authenticate",
            "Proxy-Authorization",
            "Proxy-Connection",
            "TE",
            "Trailer",
            "Transfer-Encoding",
            "Upgrade");

    private HopByHop() {}

    /** The names of a message's hop-by-hop headers, those that its {@code Connection} header names included. */
    static Set<String> headers(Iterable<String> connection) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(ALWAYS);
        for (String line : connection) {
            for (String name : line.split(",", -1)) {
                names.add(name.strip());
            }
        }
        return names;
    }

    static Set<String> headers(HttpMessage message) {
        return headers(Arrays.stream(message.getHeaders("Connection"))
                .map(Header::getValue)
                .toList());
    }
}
