package io.warren.registry.disconnect;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.warren.contracts.device.DeviceAddress;
import io.warren.registry.RegistryTest;
import io.warren.registry.device.AccessChanged;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** A broker that closes the connections of some devices and fails with those of others. */
@RegistryTest
class DisconnectorTest {

    private static final HttpServer BROKER = broker();
    private static final Set<String> CLOSED = ConcurrentHashMap.newKeySet();

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transactions;

    @DynamicPropertySource
    static void manageThisBroker(DynamicPropertyRegistry properties) {
        properties.add(
                "warren.broker.management-url",
                () -> "http://127.0.0.1:" + BROKER.getAddress().getPort());
    }

    @AfterAll
    static void stop() {
        BROKER.stop(0);
    }

    @Test
    void oneThatCannotBeClosedDoesNotHoldUpTheOthers() {
        transactions.executeWithoutResult(_ -> {
            narrow("stuck");
            narrow("loose");
            narrow("idle");
        });
        await().atMost(Duration.ofSeconds(8)).until(() -> CLOSED.size() == 2);
    }

    private void narrow(String device) {
        events.publishEvent(new AccessChanged(DeviceAddress.of("acme", device), true));
    }

    private static HttpServer broker() {
        try {
            HttpServer broker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            broker.createContext("/", exchange -> {
                String path = exchange.getRequestURI().getPath();
                if (path.endsWith("stuck@acme")) {
                    exchange.sendResponseHeaders(500, -1);
                } else {
                    if (exchange.getRequestMethod().equals("DELETE")) {
                        CLOSED.add(path);
                    }
                    exchange.sendResponseHeaders(204, -1);
                }
                exchange.close();
            });
            broker.start();
            return broker;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
