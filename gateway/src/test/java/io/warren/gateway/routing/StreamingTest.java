package io.warren.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import io.warren.gateway.RunningGateway;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Bodies far larger than the heap of the tests, which the module's pom keeps small on purpose. */
class StreamingTest extends RunningGateway {

    private static final long SIZE = 300L * 1024 * 1024;

    private final HttpClient http =
            HttpClient.newBuilder().sslContext(CERTIFICATE.trust()).build();

    @Test
    void an_upload_of_300_megabytes_passes_through() throws Exception {
        assertThat(Runtime.getRuntime().maxMemory()).isLessThan(SIZE);
        AtomicLong received = new AtomicLong();
        FIRMWARE.answer(exchange -> {
            received.set(exchange.getRequestBody().transferTo(OutputStream.nullOutputStream()));
            exchange.sendResponseHeaders(201, -1);
        });
        HttpRequest.Builder request = request(BOOTSTRAP_KEY, "/api/v1/artifacts")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> new Zeros(SIZE)), SIZE));
        assertThat(http.send(request.build(), BodyHandlers.discarding()).statusCode())
                .isEqualTo(201);
        assertThat(received).hasValue(SIZE);
        assertThat(FIRMWARE.received().header("Content-Length")).isEqualTo(String.valueOf(SIZE));
    }

    @Test
    void a_download_of_300_megabytes_passes_through() throws Exception {
        FIRMWARE.answer(exchange -> {
            exchange.sendResponseHeaders(200, SIZE);
            new Zeros(SIZE).transferTo(exchange.getResponseBody());
        });
        HttpResponse<InputStream> response =
                http.send(request("/device/v1/artifacts/t/a.bin").build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            assertThat(body.transferTo(OutputStream.nullOutputStream())).isEqualTo(SIZE);
        }
    }

    @Test
    void a_download_that_nobody_wants_any_more_ends_at_the_service_too() throws Exception {
        AtomicLong sent = new AtomicLong();
        CountDownLatch stopped = new CountDownLatch(1);
        FIRMWARE.answer(exchange -> {
            exchange.sendResponseHeaders(200, SIZE);
            byte[] block = new byte[64 * 1024];
            try {
                for (long rest = SIZE; rest > 0; rest -= block.length) {
                    exchange.getResponseBody().write(block);
                    sent.addAndGet(block.length);
                }
            } finally {
                stopped.countDown();
            }
        });
        HttpResponse<InputStream> response =
                http.send(request("/device/v1/artifacts/t/a.bin").build(), BodyHandlers.ofInputStream());
        response.body().readNBytes(1000);
        response.body().close();
        await().atMost(Duration.ofSeconds(10)).until(() -> stopped.getCount() == 0);
        assertThat(sent.get()).isLessThan(SIZE / 2);
    }

    @Test
    void a_download_that_breaks_off_is_not_taken_for_the_whole() throws Exception {
        FIRMWARE.answer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[100_000]);
            exchange.getResponseBody().flush();
            throw new IOException("the service dies");
        });
        HttpResponse<InputStream> response =
                http.send(request("/device/v1/artifacts/t/a.bin").build(), BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThatIOException().isThrownBy(() -> response.body().readAllBytes());
    }

    @Test
    void an_event_arrives_when_it_is_sent() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        TELEMETRY.answer(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("data: 1\n\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            try {
                seen.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        HttpResponse<InputStream> response = http.send(
                request(BOOTSTRAP_KEY, "/api/v1/devices/pump-17/telemetry/live").build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            assertThat(body.readNBytes(9)).asString().isEqualTo("data: 1\n\n");
        }
        seen.countDown();
    }

    @Test
    void an_import_of_300_megabytes_passes_through_and_its_answer_arrives_as_it_is_sent() throws Exception {
        AtomicLong received = new AtomicLong();
        CountDownLatch seen = new CountDownLatch(1);
        REGISTRY.answer(exchange -> {
            received.set(exchange.getRequestBody().transferTo(OutputStream.nullOutputStream()));
            exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("{\"line\":1}\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            try {
                seen.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        HttpRequest.Builder request = request(BOOTSTRAP_KEY, "/api/v1/devices:import")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> new Zeros(SIZE)), SIZE));
        HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            assertThat(body.readNBytes(11)).asString().isEqualTo("{\"line\":1}\n");
        }
        seen.countDown();
        assertThat(received).hasValue(SIZE);
    }

    @Test
    void diagnostics_of_50_mebibytes_pass_through_and_not_a_byte_more() throws Exception {
        AtomicLong received = new AtomicLong();
        REGISTRY.answer(exchange -> {
            received.set(exchange.getRequestBody().transferTo(OutputStream.nullOutputStream()));
            exchange.sendResponseHeaders(204, -1);
        });
        long most = 50L * 1024 * 1024;
        assertThat(sendDiagnostics(most)).isEqualTo(204);
        assertThat(received).hasValue(most);
        assertThat(sendDiagnostics(most + 1)).isEqualTo(413);
    }

    /** In pieces, so that the length is not known beforehand. */
    private int sendDiagnostics(long size) throws Exception {
        return http.send(
                        request("/device/v1/diagnostics/t")
                                .PUT(BodyPublishers.ofInputStream(() -> new Zeros(size)))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    /** As many zeros as wanted. */
    private static final class Zeros extends InputStream {

        private long rest;

        Zeros(long length) {
            this.rest = length;
        }

        @Override
        public int read() {
            return rest-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (rest <= 0) {
                return -1;
            }
            int count = (int) Math.min(rest, length);
            rest -= count;
            return count;
        }
    }
}
