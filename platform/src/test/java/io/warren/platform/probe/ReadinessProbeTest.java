package io.warren.platform.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadinessProbeTest {

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/ready", 200);
        answer("/starting", 503);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aServiceThatAnswersOkIsReady() {
        assertThat(ReadinessProbe.answersOk(address("/ready"))).isTrue();
    }

    @Test
    void aServiceThatAnswersOtherwiseIsNot() {
        assertThat(ReadinessProbe.answersOk(address("/starting"))).isFalse();
    }

    @Test
    void aServiceThatDoesNotAnswerIsNot() {
        URI address = address("/ready");
        server.stop(0);
        assertThat(ReadinessProbe.answersOk(address)).isFalse();
    }

    private void answer(String path, int status) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }
}
