package io.warren.platform.outbox;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.warren.platform.PlatformTestApplication;
import io.warren.platform.inbox.Inbox;
import io.warren.testing.backing.Backed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@Backed(broker = Backed.Broker.OWN_VHOST)
@SpringBootTest(classes = PlatformTestApplication.class)
class OutboxIT {

    private static final String QUEUE = "telemetry.directory";
    private static final String FULL = "full";

    @Autowired
    Outbox outbox;

    @Autowired
    OutboxRelay relay;

    @Autowired
    Inbox inbox;

    @Autowired
    RabbitTemplate rabbit;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DataSource dataSource;

    @Autowired
    TransactionTemplate transactions;

    record Happened(int number) {}

    record HappenedTo(String tenant, int number) {}

    @BeforeEach
    void startEmpty() {
        relay.stop();
        jdbc.sql("DELETE FROM outbox").update();
        rabbit.execute(channel -> channel.queuePurge(QUEUE));
        relay.start();
    }

    @AfterEach
    void goOn() {
        if (!relay.isRunning()) {
            relay.start();
        }
    }

    @Test
    void eventsArriveInTheOrderOfTheirWriting() {
        transactions.executeWithoutResult(_ -> IntStream.range(0, 1_200).forEach(this::append));
        List<String> bodies = receive(1_200).stream().map(OutboxIT::body).toList();
        assertThat(bodies)
                .containsExactlyElementsOf(IntStream.range(0, 1_200)
                        .mapToObj(number -> "{\"number\":" + number + "}")
                        .toList());
        await().until(() -> waiting() == 0);
    }

    @Test
    void eventsThatAreWrittenTogetherArriveInTheOrderOfTheirList() {
        List<Outbox.Event> events = IntStream.range(0, 1_200)
                .mapToObj(number -> new Outbox.Event("device.happened.v1", new Happened(number)))
                .toList();
        transactions.executeWithoutResult(_ -> {
            append(-1);
            outbox.appendAll("registry.events", events);
            outbox.appendAll("registry.events", List.of());
            append(1_200);
        });
        assertThat(receive(1_202).stream().map(OutboxIT::body))
                .containsExactlyElementsOf(IntStream.rangeClosed(-1, 1_200)
                        .mapToObj(number -> "{\"number\":" + number + "}")
                        .toList());
    }

    @Test
    void aTenantDoesNotWaitForAnotherThatHasCausedMany() {
        relay.stop();
        transactions.executeWithoutResult(_ -> {
            outbox.appendAll("registry.events", happenedTo("large", 4_000));
            outbox.appendAll("registry.events", happenedTo("small", 1));
        });
        relay.start();
        List<String> bodies = receive(4_001).stream().map(OutboxIT::body).toList();
        assertThat(bodies.indexOf("{\"tenant\":\"small\",\"number\":0}")).isLessThan(1_001);
        assertThat(bodies.stream().filter(body -> body.contains("large")))
                .containsExactlyElementsOf(IntStream.range(0, 4_000)
                        .mapToObj("{\"tenant\":\"large\",\"number\":%d}"::formatted)
                        .toList());
    }

    @Test
    void aTenantWhoseEventIsNotTakenHoldsUpNoOther() {
        rabbit.execute(channel -> {
            channel.queueDeclare(FULL, false, true, false, Map.of("x-max-length", 0, "x-overflow", "reject-publish"));
            return channel.queueBind(FULL, "registry.events", "refused.#");
        });
        try {
            relay.stop();
            transactions.executeWithoutResult(_ -> {
                outbox.append("registry.events", "refused.happened.v1", new HappenedTo("full", 0));
                outbox.appendAll("registry.events", happenedTo("full", 2));
                for (int tenant = 0; tenant < 60; tenant++) {
                    outbox.appendAll("registry.events", happenedTo("t" + tenant, 2));
                }
            });
            relay.start();
            await().atMost(Duration.ofSeconds(20)).until(() -> waiting() == 3);
            await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(5)).until(() -> waiting() == 3);
            assertThat(receive(120).stream().map(OutboxIT::body)).doesNotHaveDuplicates();
        } finally {
            rabbit.execute(channel -> channel.queueDelete(FULL));
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> waiting() == 0);
        assertThat(receive(2).stream().map(OutboxIT::body))
                .containsExactly("{\"tenant\":\"full\",\"number\":0}", "{\"tenant\":\"full\",\"number\":1}");
    }

    @Test
    void eventsOfEachOfManyTenantsStayInOrderWithTwoReplicas() {
        OutboxRelay second = secondRelay();
        second.start();
        try {
            for (int number = 0; number < 10; number++) {
                int written = number;
                transactions.executeWithoutResult(_ -> outbox.appendAll(
                        "registry.events",
                        IntStream.range(0, 120)
                                .mapToObj(tenant ->
                                        new Outbox.Event("device.happened.v1", new HappenedTo("t" + tenant, written)))
                                .toList()));
            }
            Map<String, List<Integer>> numbers = receive(1_200).stream()
                    .map(message -> JsonMapper.shared().readValue(message.getBody(), HappenedTo.class))
                    .collect(groupingBy(HappenedTo::tenant, mapping(HappenedTo::number, toList())));
            assertThat(numbers).hasSize(120);
            assertThat(numbers.values())
                    .allSatisfy(its -> assertThat(its)
                            .containsExactlyElementsOf(
                                    IntStream.range(0, 10).boxed().toList()));
        } finally {
            second.stop();
        }
    }

    @Test
    void anEventCarriesItsEnvelope() {
        transactions.executeWithoutResult(_ -> append(1));
        Message message = receive(1).getFirst();
        assertThat(UUID.fromString(message.getMessageProperties().getMessageId()))
                .isNotNull();
        assertThat(message.getMessageProperties().getType()).isEqualTo("device.happened.v1");
        assertThat(message.getMessageProperties().getTimestamp()).isNotNull();
    }

    @Test
    void whatIsRolledBackNeverHappened() {
        transactions.executeWithoutResult(status -> {
            append(1);
            status.setRollbackOnly();
        });
        transactions.executeWithoutResult(_ -> append(2));
        assertThat(body(receive(1).getFirst())).isEqualTo("{\"number\":2}");
    }

    @Test
    void withoutATransactionNothingIsWritten() {
        assertThatIllegalStateException().isThrownBy(() -> append(1));
        assertThatIllegalStateException().isThrownBy(() -> outbox.appendAll("registry.events", List.of()));
    }

    @Test
    void whatTheBrokerDoesNotConfirmStaysAndComesAgain() {
        transactions.executeWithoutResult(
                _ -> outbox.append("no.such.exchange", "device.happened.v1", new Happened(1)));
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(4)).until(() -> waiting() == 1);
        jdbc.sql("UPDATE outbox SET exchange = 'registry.events'").update();
        assertThat(body(receive(1).getFirst())).isEqualTo("{\"number\":1}");
        await().until(() -> waiting() == 0);
    }

    @Test
    void aReplicaThatIsNotTheRelayLeavesTheEventsToTheOneThatIs() {
        OutboxRelay second = secondRelay();
        second.start();
        try {
            transactions.executeWithoutResult(_ -> IntStream.range(0, 300).forEach(this::append));
            await().atMost(Duration.ofSeconds(20)).until(() -> waiting() == 0);
            List<String> ids = receive(300).stream()
                    .map(message -> message.getMessageProperties().getMessageId())
                    .toList();
            assertThat(ids).doesNotHaveDuplicates();
        } finally {
            second.stop();
        }
    }

    @Test
    void aRepeatedMessageIsHandledOnce() {
        AtomicInteger handled = new AtomicInteger();
        String id = UUID.randomUUID().toString();
        inbox.once("test", id, handled::incrementAndGet);
        inbox.once("test", id, handled::incrementAndGet);
        inbox.once("another", id, handled::incrementAndGet);
        assertThat(handled).hasValue(2);
    }

    @Test
    void aMessageWhoseHandlingFailedIsHandledWhenItComesAgain() {
        AtomicInteger handled = new AtomicInteger();
        String id = UUID.randomUUID().toString();
        assertThatIllegalStateException()
                .isThrownBy(() -> inbox.once("test", id, () -> {
                    throw new IllegalStateException("not yet");
                }));
        inbox.once("test", id, handled::incrementAndGet);
        assertThat(handled).hasValue(1);
    }

    private static List<Outbox.Event> happenedTo(String tenant, int times) {
        return IntStream.range(0, times)
                .mapToObj(number -> new Outbox.Event("device.happened.v1", new HappenedTo(tenant, number)))
                .toList();
    }

    private OutboxRelay secondRelay() {
        return new OutboxRelay(dataSource, rabbit);
    }

    private void append(int number) {
        outbox.append("registry.events", "device.happened.v1", new Happened(number));
    }

    private long waiting() {
        return jdbc.sql("SELECT count(*) FROM outbox").query(Long.class).single();
    }

    private List<Message> receive(int count) {
        List<Message> messages = new ArrayList<>();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            for (Message message = rabbit.receive(QUEUE); message != null; message = rabbit.receive(QUEUE)) {
                messages.add(message);
            }
            return messages.size() >= count;
        });
        return messages;
    }

    private static String body(Message message) {
        return new String(message.getBody(), StandardCharsets.UTF_8);
    }
}
