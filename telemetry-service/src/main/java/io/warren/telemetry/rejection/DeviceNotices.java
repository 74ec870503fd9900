package io.warren.telemetry.rejection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceTopics;
import io.warren.platform.problem.ProblemKind;
import io.warren.telemetry.body.Refusal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells devices on {@code down/errors} what was refused of them, or of devices behind them: after the fact, as well as it goes, and not too often. What is
 * certain stands in the rejections.
 */
@Component
public class DeviceNotices implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(DeviceNotices.class);
    private static final Duration PER_DEVICE = Duration.ofSeconds(1);
    private static final Duration WORTH_TELLING = Duration.ofHours(1);
    private static final int DEVICES = 10_000;
    private static final int WAITING = 1_000;
    private static final int STATUS = 422;

    private final RabbitTemplate rabbit;
    private final JsonMapper json;
    private final Cache<String, Boolean> told = Caffeine.newBuilder()
            .expireAfterWrite(PER_DEVICE)
            .maximumSize(DEVICES)
            .build();
    private final ThreadPoolExecutor sender = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().name("device-notices").daemon().factory(),
            new ThreadPoolExecutor.DiscardPolicy());

    DeviceNotices(RabbitTemplate rabbit, JsonMapper json) {
        this.rabbit = rabbit;
        this.json = json;
    }

    /**
     * Tells a device about the first thing that was refused of a message, if it was told nothing a moment ago.
     *
     * @param connection the device on whose connection the message came
     * @param topic the topic as the device wrote it
     * @param refusals what was refused, possibly nothing
     */
    public void tell(String tenant, String connection, String topic, List<Refusal> refusals) {
        if (refusals.isEmpty()) {
            return;
        }
        String address = connection + "@" + tenant;
        if (told.asMap().putIfAbsent(address, true) == null) {
            Refusal refusal = refusals.getFirst();
            DeviceAddress.parse(address).ifPresent(device -> sender.execute(() -> send(device, topic, refusal)));
        }
    }

    private void send(DeviceAddress device, String topic, Refusal refusal) {
        try {
            rabbit.send(
                    DeviceTopics.EXCHANGE,
                    DeviceTopics.down(device, "errors"),
                    MessageBuilder.withBody(json.writeValueAsBytes(new Notice(topic, problem(refusal))))
                            .setContentType(MessageProperties.CONTENT_TYPE_JSON)
                            .setDeliveryMode(MessageDeliveryMode.PERSISTENT)
                            .setExpiration(String.valueOf(WORTH_TELLING.toMillis()))
                            .build());
        } catch (AmqpException e) {
            log.debug("A device is not told that a message was refused", e);
        }
    }

    private static Map<String, Object> problem(Refusal refusal) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", ProblemKind.URN_PREFIX + refusal.reason().wireName());
        problem.put("title", refusal.reason().title());
        problem.put("status", STATUS);
        problem.put("detail", refusal.detail());
        if (!refusal.pointer().isEmpty()) {
            problem.put("errors", new Object[] {Map.of("pointer", refusal.pointer(), "detail", refusal.detail())});
        }
        return problem;
    }

    @Override
    public void destroy() {
        sender.shutdownNow();
    }

    /**
     * The body of the message.
     *
     * @param topic on which the refused message was published
     * @param problem why it was refused, in the form of RFC 9457
     */
    record Notice(String topic, Map<String, Object> problem) {}
}
