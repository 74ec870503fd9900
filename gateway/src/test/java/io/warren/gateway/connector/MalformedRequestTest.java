package io.warren.gateway.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.gateway.RunningGateway;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What no client library would send: each is told as a problem, reaches no service and gets no page of the container's. */
class MalformedRequestTest extends RunningGateway {

    private static final String HEADERS =
            "Host: localhost\r\nConnection: close\r\nAuthorization: Bearer " + BOOTSTRAP_KEY + "\r\n";

    @ParameterizedTest
    @MethodSource
    void is_told_as_a_problem(String request, int status) throws Exception {
        String answer = raw(request);
        assertThat(answer).startsWith("HTTP/1.1 " + status);
        assertThat(answer)
                .contains("Content-Type: application/problem+json")
                .contains("\"type\":\"urn:warren:problem:")
                .contains("\"status\":" + status)
                .contains("\"traceId\":");
        assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("<html", "<!doctype", "tomcat", "exception");
        assertThat(REGISTRY.wasAsked()).isFalse();
    }

    static Stream<Arguments> is_told_as_a_problem() {
        return Stream.of(
                raw("half a request line", "GET\r\n\r\n", 400),
                raw("a TLS handshake", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n", 400),
                raw("an unknown version", "GET / HTTP/3.9\r\n" + HEADERS + "\r\n", 505),
                raw("no host", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
                raw("two hosts", "GET / HTTP/1.1\r\nHost: other\r\n" + HEADERS + "\r\n", 400),
                raw(
                        "another host in the address",
                        "GET http://other/api/v1/devices HTTP/1.1\r\n" + HEADERS + "\r\n",
                        400),
                get("a character that no address has", "/api/v1/devices/a|b"),
                get("a bracket", "/api/v1/devices/[a"),
                get("a broken escape", "/api/v1/devices/%zz"),
                get("a broken escape in the query", "/api/v1/devices?a=%zz"),
                get("a zero byte", "/api/v1/devices/%00"),
                get("dots upwards", "/api/v1/devices/../../../internal/jwks.json"),
                get("encoded dots upwards", "/api/v1/%2e%2e/%2e%2e/internal/jwks.json"),
                get("twice encoded dots", "/api/v1/%252e%252e/internal/jwks.json"),
                get("a double slash", "//api/v1/devices"),
                get("a double slash inside", "/api//v1/devices"),
                get("a path parameter", "/api/v1/devices;jsessionid=1"),
                get("an encoded semicolon", "/api/v1/devices%3Ba"),
                get("an encoded slash", "/api/v1/devices%2f..%2f..%2finternal/jwks.json"),
                get("an encoded backslash", "/api/v1/devices%5c.."),
                get("a long address", "/api/v1/" + "a".repeat(60_000)),
                raw(
                        "a huge header",
                        "GET /api/v1/devices HTTP/1.1\r\n" + HEADERS + "X: " + "a".repeat(60_000) + "\r\n\r\n",
                        400),
                raw(
                        "too many headers",
                        "GET /api/v1/devices HTTP/1.1\r\n" + HEADERS + many("X%d: y\r\n", 200) + "\r\n",
                        400),
                raw(
                        "a header with a space",
                        "GET /api/v1/devices HTTP/1.1\r\n" + HEADERS + "Bad Header: x\r\n\r\n",
                        400),
                raw("an unknown method", "BREW /api/v1/devices HTTP/1.1\r\n" + HEADERS + "\r\n", 400),
                raw("TRACE", "TRACE /api/v1/devices HTTP/1.1\r\n" + HEADERS + "\r\n", 405),
                raw("no method", "G<T /api/v1/devices HTTP/1.1\r\n" + HEADERS + "\r\n", 400),
                raw("a method that is not there", "PUT /api/v1/api-keys HTTP/1.1\r\n" + HEADERS + "\r\n", 405),
                raw(
                        "two lengths",
                        "POST /api/v1/devices HTTP/1.1\r\n" + HEADERS
                                + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
                        400),
                raw(
                        "a negative length",
                        "POST /api/v1/devices HTTP/1.1\r\n" + HEADERS + "Content-Length: -4\r\n\r\n",
                        400),
                raw(
                        "an unknown transfer encoding",
                        "POST /api/v1/devices HTTP/1.1\r\n" + HEADERS + "Transfer-Encoding: gzip2\r\n\r\n",
                        501),
                raw(
                        "an unknown expectation",
                        "POST /api/v1/devices HTTP/1.1\r\n" + HEADERS + "Expect: wonders\r\nContent-Length: 0\r\n\r\n",
                        417),
                raw(
                        "not JSON",
                        "POST /api/v1/api-keys HTTP/1.1\r\n" + HEADERS
                                + "Content-Type: application/json\r\nContent-Length: 5\r\n\r\n{\"a\":",
                        400),
                raw(
                        "a media type that is not read",
                        "POST /api/v1/api-keys HTTP/1.1\r\n" + HEADERS
                                + "Content-Type: application/xml\r\nContent-Length: 4\r\n\r\n<a/>",
                        415));
    }

    private static Arguments get(String name, String address) {
        return raw(name, "GET " + address + " HTTP/1.1\r\n" + HEADERS + "\r\n", 400);
    }

    private static Arguments raw(String name, String request, int status) {
        return Arguments.of(Named.of(name, request), status);
    }

    private static String many(String line, int count) {
        return IntStream.range(0, count).mapToObj(line::formatted).reduce("", String::concat);
    }
}
