package io.warren.registry.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.registry.RegistrationReply;
import io.warren.contracts.registry.RegistrationReply.Outcome;
import io.warren.contracts.registry.RegistrationRequest;
import io.warren.platform.messaging.Questions;
import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.support.converter.MessageConverter;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@RegistryTest
@Backed(broker = Backed.Broker.OWN_VHOST)
class RegistrationIT {

    @Autowired
    TestTokens tokens;

    @Autowired
    RabbitTemplate rabbit;

    @Autowired
    ConnectionFactory connections;

    @Autowired
    MessageConverter converter;

    @LocalServerPort
    int port;

    @Test
    void eachOfManyThatAskAtOnceGetsItsOwnAnswer() throws Exception {
        String tenant = "r-" + UUID.randomUUID().toString().substring(0, 8);
        Api api = Api.asPlatformAdmin(port, tokens).withTenant(tenant);
        api.put("/api/v1/devices/by-hand", "{}");
        rabbit.send(
                RegistrationRequest.EXCHANGE,
                RegistrationRequest.EXCHANGE,
                MessageBuilder.withBody("no question".getBytes(StandardCharsets.US_ASCII))
                        .setContentType("application/json")
                        .build());

        try (Questions questions = new Questions(connections, converter, Duration.ofSeconds(10));
                ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<RegistrationReply>> asked = IntStream.range(0, 100)
                    .<Callable<RegistrationReply>>mapToObj(i -> () -> questions
                            .ask(
                                    RegistrationRequest.EXCHANGE,
                                    RegistrationRequest.EXCHANGE,
                                    RegistrationRequest.TYPE,
                                    request(tenant, i % 10 == 0 ? "by-hand" : "pump-" + i, i),
                                    RegistrationReply.class)
                            .orElseThrow())
                    .toList();
            List<RegistrationReply> replies =
                    askers.invokeAll(asked).stream().map(Future::resultNow).toList();

            IntStream.range(0, 100).forEach(i -> {
                RegistrationReply reply = replies.get(i);
                assertThat(reply.outcome()).isEqualTo(i % 10 == 0 ? Outcome.CONFLICT : Outcome.REGISTERED);
                if (i % 10 != 0) {
                    assertThat(reply.desired()).isEqualTo(new RegistrationReply.Desired(1, Map.of("number", i)));
                }
            });
        }
    }

    private static RegistrationRequest request(String tenant, String device, int number) {
        return new RegistrationRequest(
                tenant,
                device,
                "e1",
                null,
                Map.of(),
                Map.of(),
                SelfRegistrationTest.sha256("secret " + number),
                null,
                null,
                Map.of("number", number),
                null,
                device + "/0");
    }
}
