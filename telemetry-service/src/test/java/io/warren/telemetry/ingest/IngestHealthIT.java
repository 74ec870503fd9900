package io.warren.telemetry.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.warren.telemetry.Management;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import io.warren.testing.backing.TestVirtualHost;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.servlet.client.RestTestClient;

/** What the service says of itself while the real broker turns it away. */
@Backed(broker = Backed.Broker.OWN_VHOST)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class IngestHealthIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    TestTokens tokens;

    @Autowired
    TestVirtualHost virtualHost;

    @Autowired
    MeterRegistry metrics;

    @LocalServerPort
    int port;

    private Management management;
    private RestTestClient client;

    @BeforeEach
    void connect() {
        management = new Management(virtualHost.name());
        client = RestTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .build();
    }

    @AfterEach
    void goOn() {
        management.letConnect();
    }

    @Test
    void withoutTheBrokerIngestIsDownAndTheRestIsReady() {
        await().atMost(PATIENCE).untilAsserted(() -> ingestIs(true));

        management.refuseConnections();
        management.closeConnections();
        await().atMost(PATIENCE).untilAsserted(() -> ingestIs(false));
        expect("/actuator/health", 503);
        expect("/actuator/health/readiness", 200);
        client.get()
                .uri("/api/v1/telemetry/rejected")
                .header(HttpHeaders.AUTHORIZATION, tokens.bearer("acme", "viewer"))
                .exchange()
                .expectStatus()
                .isOk();

        management.letConnect();
        await().atMost(PATIENCE).untilAsserted(() -> ingestIs(true));
    }

    private void ingestIs(boolean connected) {
        expect("/actuator/health/ingest", connected ? 200 : 503);
        assertThat(metrics.get("warren.ingest.connected").gauge().value()).isEqualTo(connected ? 1 : 0);
    }

    private void expect(String path, int status) {
        client.get().uri(path).exchange().expectStatus().isEqualTo(status);
    }
}
