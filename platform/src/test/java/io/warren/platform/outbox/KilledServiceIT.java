package io.warren.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.platform.PlatformTestApplication;
import io.warren.platform.inbox.Inbox;
import io.warren.testing.backing.Backed;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A service is killed after its transaction is committed and before it knows that the broker has the events. */
@Backed(broker = Backed.Broker.OWN_VHOST)
@SpringBootTest(classes = PlatformTestApplication.class)
class KilledServiceIT {

    private static final String QUEUE = "telemetry.directory";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SIGKILLED = 128 + 9;

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
    TransactionTemplate transactions;

    @Autowired
    Environment environment;

    @BeforeEach
    void leaveTheEventsToTheDoomed() {
        relay.stop();
        jdbc.sql("DELETE FROM outbox").update();
        rabbit.execute(channel -> channel.queuePurge(QUEUE));
    }

    @AfterEach
    void goOn() {
        if (!relay.isRunning()) {
            relay.start();
        }
    }

    @Test
    void killedBeforeItCouldPublishTheEventsArriveOnce() throws Exception {
        killWhenThe(SeveredLine.At.PUBLISH, 0);

        List<Message> messages = whatTheNextReplicaDelivers(DoomedService.EVENTS + 1);

        assertThat(numbers(messages)).isEqualTo(allInOrder());
        assertThat(numbers(handledOnce(messages))).isEqualTo(allInOrder());
    }

    @Test
    void killedBeforeItHeardTheConfirmTheEventsComeAgainUnderTheSameIds() throws Exception {
        killWhenThe(SeveredLine.At.CONFIRM, DoomedService.EVENTS);

        List<Message> messages = whatTheNextReplicaDelivers(2 * DoomedService.EVENTS + 1);

        List<Message> first = messages.subList(0, DoomedService.EVENTS);
        List<Message> repeated = messages.subList(DoomedService.EVENTS, 2 * DoomedService.EVENTS);
        assertThat(ids(repeated)).isEqualTo(ids(first)).doesNotHaveDuplicates();
        assertThat(numbers(repeated)).isEqualTo(numbers(first));
        assertThat(numbers(handledOnce(messages))).isEqualTo(allInOrder());
    }

    /**
     * Runs a service up to a point, kills it there and looks at what it leaves behind.
     *
     * @param published how many of its events are with the broker by then
     */
    private void killWhenThe(SeveredLine.At point, int published) throws IOException, InterruptedException {
        InetSocketAddress broker = new InetSocketAddress(
                property("spring.rabbitmq.host"), Integer.parseInt(property("spring.rabbitmq.port")));
        try (SeveredLine line = new SeveredLine(point, broker)) {
            Process service = start(line.port());
            try {
                assertThat(line.awaitSevered(PATIENCE.toSeconds())).isTrue();
                await().atMost(PATIENCE).until(() -> ready() == published);
            } finally {
                service.destroyForcibly();
            }
            assertThat(service.waitFor()).isEqualTo(SIGKILLED);
        }
        assertThat(waiting()).isEqualTo(DoomedService.EVENTS);
        assertThat(ready()).isEqualTo(published);
    }

    private Process start(int brokerPort) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder service = new ProcessBuilder(
                java.toString(),
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DoomedService.class.getName());
        Map<String, String> variables = service.environment();
        variables.put("SERVER_PORT", "0");
        variables.put("SPRING_DATASOURCE_URL", property("spring.datasource.url"));
        variables.put("SPRING_DATASOURCE_USERNAME", property("spring.datasource.username"));
        variables.put("SPRING_DATASOURCE_PASSWORD", property("spring.datasource.password"));
        variables.put("SPRING_RABBITMQ_HOST", "127.0.0.1");
        variables.put("SPRING_RABBITMQ_PORT", String.valueOf(brokerPort));
        variables.put("SPRING_RABBITMQ_USERNAME", property("spring.rabbitmq.username"));
        variables.put("SPRING_RABBITMQ_PASSWORD", property("spring.rabbitmq.password"));
        variables.put("SPRING_RABBITMQ_VIRTUALHOST", property("spring.rabbitmq.virtual-host"));
        return service.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File("target/doomed-service.log")))
                .start();
    }

    /** Lets this process relay, with one more event of its own, and takes all that arrives. */
    private List<Message> whatTheNextReplicaDelivers(int count) {
        transactions.executeWithoutResult(_ -> DoomedService.append(outbox, DoomedService.EVENTS));
        relay.start();
        await().atMost(PATIENCE).until(() -> waiting() == 0);
        List<Message> messages = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            for (Message message = rabbit.receive(QUEUE); message != null; message = rabbit.receive(QUEUE)) {
                messages.add(message);
            }
            return messages.size() >= count;
        });
        assertThat(messages).hasSize(count);
        return messages;
    }

    /** What a consumer makes of them. */
    private List<Message> handledOnce(List<Message> messages) {
        List<Message> handled = new ArrayList<>();
        messages.forEach(message -> inbox.once("killed-service", id(message), () -> handled.add(message)));
        return handled;
    }

    private static List<String> allInOrder() {
        return IntStream.rangeClosed(0, DoomedService.EVENTS)
                .mapToObj(number -> "{\"number\":" + number + "}")
                .toList();
    }

    private static List<String> numbers(List<Message> messages) {
        return messages.stream()
                .map(message -> new String(message.getBody(), StandardCharsets.UTF_8))
                .toList();
    }

    private static List<String> ids(List<Message> messages) {
        return messages.stream().map(KilledServiceIT::id).toList();
    }

    private static String id(Message message) {
        return Objects.requireNonNull(message.getMessageProperties().getMessageId());
    }

    private long waiting() {
        return jdbc.sql("SELECT count(*) FROM outbox").query(Long.class).single();
    }

    private long ready() {
        return Objects.requireNonNull(rabbit.execute(channel -> channel.messageCount(QUEUE)));
    }

    private String property(String name) {
        return environment.getRequiredProperty(name);
    }
}
