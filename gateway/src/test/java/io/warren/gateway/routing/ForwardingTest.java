package io.warren.gateway.routing;

import static io.warren.gateway.Upstream.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.warren.gateway.RunningGateway;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingTest extends RunningGateway {

    private static final String DEVICES = "/api/v1/devices";

    @Test
    void nothing_that_the_caller_says_about_itself_goes_on() throws Exception {
        HttpRequest.Builder request = request(BOOTSTRAP_KEY, DEVICES);
        String[] identities = {
            "Warren-Tenant",
            "Client-Cert",
            "Client-Cert-Chain",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "X-Forwarded-Client-Cert",
            "Forwarded",
            "X-Real-IP",
            "X-Original-URL",
            "X-Rewrite-URL",
            "X-HTTP-Method-Override",
            "Cookie",
            "tracestate"
        };
        for (String name : identities) {
            request.header(name, "acme");
        }
        send(request.header("Idempotency-Key", "k-1").header("If-Match", "\"7\""));

        assertThat(REGISTRY.received().headers()).doesNotContainKeys(identities);
        assertThat(REGISTRY.received().header("Idempotency-Key")).isEqualTo("k-1");
        assertThat(REGISTRY.received().header("If-Match")).isEqualTo("\"7\"");
        assertThat(REGISTRY.received().header("Authorization")).doesNotContain(BOOTSTRAP_KEY);
        assertThat(REGISTRY.received().header("Host")).startsWith("127.0.0.1");
    }

    @Test
    void a_header_cannot_be_hidden_behind_connection() throws Exception {
        String answer = raw("""
                GET /bootstrap/v1/register/1 HTTP/1.1
                Host: localhost
                Connection: close, authorization, x-secret
                X-Secret: s
                TE: trailers
                Upgrade: h2c

                """.replace("\n", "\r\n"));
        assertThat(answer).startsWith("HTTP/1.1 200");
        assertThat(PROVISIONING.received().headers()).doesNotContainKeys("X-Secret", "TE", "Upgrade");
        assertThat(PROVISIONING.received().header("Authorization")).startsWith("Bearer ");
    }

    @Test
    void the_trace_goes_on() throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        send(request(BOOTSTRAP_KEY, DEVICES).header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));
        assertThat(REGISTRY.received().header("traceparent"))
                .startsWith("00-" + trace + "-")
                .doesNotContain("00f067aa0ba902b7");
    }

    @ParameterizedTest
    @CsvSource({"GET, /device/v1/artifacts/t/a.bin", "HEAD, /device/v1/artifacts/t/a.bin"})
    void a_device_downloads_without_a_key(String method, String path) throws Exception {
        HttpResponse<String> response = send(request(path).method(method, BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(claims(FIRMWARE.received().header("Authorization")).getStringClaim("role"))
                .isEqualTo("device");
        assertProblem(send(request(path).DELETE()), 401, "unauthorized");
    }

    @Test
    void a_device_sends_diagnostics_to_a_signed_address_without_a_key() throws Exception {
        HttpResponse<String> response = send(request("/device/v1/diagnostics/t").PUT(BodyPublishers.ofString("x")));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(claims(REGISTRY.received().header("Authorization")).getStringClaim("role"))
                .isEqualTo("device");
        assertProblem(send(request("/device/v1/diagnostics/t")), 401, "unauthorized");
        assertProblem(send(request("/device/v1/diagnostics/t/more").PUT(BodyPublishers.noBody())), 401, "unauthorized");
    }

    @Test
    void a_device_bootstraps_without_a_key_and_whatever_it_shows_is_not_believed() throws Exception {
        HttpResponse<String> response =
                send(post(request(BOOTSTRAP_KEY, "/bootstrap/v1/register").header("Warren-Tenant", "acme"), "{}"));
        assertThat(response.statusCode()).isEqualTo(200);
        JWTClaimsSet claims = claims(PROVISIONING.received().header("Authorization"));
        assertThat(claims.getStringClaim("role")).isEqualTo("device");
        assertThat(claims.getSubject()).isEqualTo("anonymous");
        assertThat(claims.getClaim("tenant")).isNull();
    }

    @Test
    void the_address_goes_on_letter_by_letter() throws Exception {
        String address = DEVICES
                + "/a%20b/x?filter=a.b%20%3D%3D%20%22c%2Bd%22+e&flag&empty=&twice=1&twice=2&list=%5B1%5D&utf=%C3%A9";
        send(request(BOOTSTRAP_KEY, address));
        assertThat(REGISTRY.received().uri()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    void any_method_goes_on_with_or_without_a_body(String method) throws Exception {
        AtomicReference<String> body = new AtomicReference<>("");
        REGISTRY.answer(exchange -> {
            body.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
        });
        HttpRequest.Builder request =
                request(BOOTSTRAP_KEY, DEVICES).header("Content-Type", "application/merge-patch+json");
        assertThat(send(request.copy().method(method, BodyPublishers.ofString("{\"a\":1}")))
                        .statusCode())
                .isEqualTo(204);
        assertThat(body.get()).isEqualTo("{\"a\":1}");
        assertThat(REGISTRY.received().method()).isEqualTo(method);
        assertThat(REGISTRY.received().header("Content-Type")).isEqualTo("application/merge-patch+json");
        assertThat(send(request.copy().method(method, BodyPublishers.noBody())).statusCode())
                .isEqualTo(204);
        assertThat(body.get()).isEmpty();
    }

    @Test
    void a_form_is_a_body_like_any_other() throws Exception {
        AtomicReference<String> body = new AtomicReference<>("");
        REGISTRY.answer(exchange -> {
            body.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
        });
        send(request(BOOTSTRAP_KEY, DEVICES + "?a=1")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("b=2&c=3")));
        assertThat(body.get()).isEqualTo("b=2&c=3");
        assertThat(REGISTRY.received().uri()).isEqualTo(DEVICES + "?a=1");
    }

    @Test
    void a_part_of_a_download_is_a_part() throws Exception {
        FIRMWARE.answer(exchange -> {
            exchange.getResponseHeaders().set("Content-Range", "bytes 2-4/10");
            exchange.getResponseHeaders().set("ETag", "\"abc\"");
            exchange.sendResponseHeaders(206, 3);
            exchange.getResponseBody().write("cde".getBytes(StandardCharsets.US_ASCII));
        });
        HttpResponse<String> response =
                send(request("/device/v1/artifacts/t/a.bin").header("Range", "bytes=2-4"));
        assertThat(FIRMWARE.received().header("Range")).isEqualTo("bytes=2-4");
        assertThat(response.statusCode()).isEqualTo(206);
        assertThat(response.headers().firstValue("content-range")).hasValue("bytes 2-4/10");
        assertThat(response.headers().firstValue("etag")).hasValue("\"abc\"");
        assertThat(response.body()).isEqualTo("cde");
    }

    @Test
    void the_length_is_told_without_the_content() throws Exception {
        FIRMWARE.answer(exchange -> {
            exchange.getResponseHeaders().set("Content-Length", "123456");
            exchange.sendResponseHeaders(200, -1);
        });
        HttpResponse<String> response =
                send(request("/device/v1/artifacts/t/a.bin").method("HEAD", BodyPublishers.noBody()));
        assertThat(response.headers().firstValue("content-length")).hasValue("123456");
    }

    @Test
    void a_condition_is_the_services_to_judge() throws Exception {
        REGISTRY.answer(exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"7\"");
            write(exchange, 200, "application/json", "{}");
        });
        HttpResponse<String> response = send(request(BOOTSTRAP_KEY, DEVICES).header("If-None-Match", "\"7\""));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{}");
    }

    @Test
    void a_services_problem_arrives_unchanged() throws Exception {
        String problem = "{\"type\":\"urn:warren:problem:device-not-found\",\"status\":404,\"traceId\":\"t\"}";
        REGISTRY.answer(exchange -> write(exchange, 404, "application/problem+json", problem));
        HttpResponse<String> response = send(request(BOOTSTRAP_KEY, DEVICES + "/none"));
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(response.body()).isEqualTo(problem);
    }

    @Test
    void a_redirect_is_the_callers_to_follow_and_an_encoding_the_callers_to_undo() throws Exception {
        REGISTRY.answer(exchange -> {
            exchange.getResponseHeaders().set("Location", "http://169.254.169.254/");
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.getResponseHeaders().add("Set-Cookie", "a=b");
            write(exchange, 302, "text/plain", "not gzip at all");
        });
        HttpResponse<String> response = send(request(BOOTSTRAP_KEY, DEVICES));
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.body()).isEqualTo("not gzip at all");
        REGISTRY.reset();
        send(request(BOOTSTRAP_KEY, DEVICES));
        assertThat(REGISTRY.received().headers()).doesNotContainKeys("Cookie", "Accept-Encoding");
    }

    @Test
    void a_service_that_does_not_answer_in_time_is_a_504() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        REGISTRY.answer(exchange -> {
            try {
                answered.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        HttpResponse<String> late = send(request(BOOTSTRAP_KEY, DEVICES));
        assertProblem(late, 504, "gateway-timeout");
        assertThat(late.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(5L, 600L);
        answered.countDown();
    }

    @Test
    void a_service_that_hangs_up_is_a_503() throws Exception {
        REGISTRY.answer(exchange -> {
            throw new IOException("gone");
        });
        HttpResponse<String> response = send(request(BOOTSTRAP_KEY, DEVICES));
        assertProblem(response, 503, "unavailable");
        assertThat(response.headers().firstValueAsLong("retry-after").orElseThrow())
                .isBetween(5L, 7L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/nope", "/api/v2/devices", "/api/v1/devicesx", "/broker/user", "/error", "/favicon.ico"})
    void an_unknown_address_is_our_own_404(String path) throws Exception {
        assertProblem(send(request(BOOTSTRAP_KEY, path)), 404, "not-found");
    }

    @Test
    void a_body_that_is_announced_too_large_never_begins_to_travel() throws Exception {
        HttpResponse<String> response = send(post(request(BOOTSTRAP_KEY, DEVICES), "x".repeat(1024 * 1024 + 1)));
        assertProblem(response, 413, "content-too-large");
        assertThat(REGISTRY.wasAsked()).isFalse();
        assertThat(send(post(request(BOOTSTRAP_KEY, DEVICES), "x".repeat(1024 * 1024)))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_body_that_turns_out_too_large_is_cut_off() throws Exception {
        HttpResponse<String> response = send(request(BOOTSTRAP_KEY, DEVICES)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[1024 * 1024 + 1]))));
        assertProblem(response, 413, "content-too-large");
        assertProblem(
                send(post(request(BOOTSTRAP_KEY, "/api/v1/api-keys"), "{\"name\":\"" + "x".repeat(2_000_000) + "\"}")),
                413,
                "content-too-large");
    }

    @Test
    void a_body_that_breaks_off_is_not_taken_for_the_whole() throws Exception {
        AtomicReference<String> outcome = new AtomicReference<>("nothing came");
        PROVISIONING.answer(exchange -> {
            try {
                exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
                outcome.set("whole");
            } catch (IOException e) {
                outcome.set("broken");
                throw e;
            }
        });
        raw("""
                POST /bootstrap/v1/register HTTP/1.1
                Host: localhost
                Connection: close
                Transfer-Encoding: chunked

                20000
                %s
                nonsense
                """.formatted("x".repeat(0x20000)) // more than is buffered on the way, so that the service sees it begin
                .replace("\n", "\r\n"));
        await().untilAsserted(() -> assertThat(outcome).hasValue("broken"));
    }

    @Test
    void a_service_that_refuses_an_upload_early_is_heard() throws Exception {
        FIRMWARE.answer(exchange -> {
            exchange.getRequestBody().readNBytes(100_000);
            write(exchange, 422, "application/problem+json", "{}");
            exchange.getResponseBody().flush();
            // hanging up with something unread would reset the connection, which may lose the answer
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        });
        HttpResponse<String> response =
                send(request(BOOTSTRAP_KEY, "/api/v1/artifacts").POST(BodyPublishers.ofByteArray(new byte[1_500_000])));
        assertThat(response.statusCode()).isEqualTo(422);
    }

    private static JWTClaimsSet claims(String authorization) throws ParseException {
        return SignedJWT.parse(authorization.substring("Bearer ".length())).getJWTClaimsSet();
    }
}
