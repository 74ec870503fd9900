package io.warren.telemetry.diagnostics;

import io.warren.contracts.device.DeviceTopics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.stereotype.Component;

/** Hears what devices log and what they say has happened. */
@Component
class DiagnosticListener {

    /** Set by the broker on every message that comes in. */
    private static final String ARRIVAL_HEADER = "timestamp_in_ms";

    private final DiagnosticReading reading;
    private final DiagnosticIntake intake;
    private final Clock clock;

    DiagnosticListener(DiagnosticReading reading, DiagnosticIntake intake, Clock clock) {
        this.reading = reading;
        this.intake = intake;
        this.clock = clock;
    }

    @RabbitListener(queues = DiagnosticQueues.LOGS, containerFactory = DiagnosticQueues.FACTORY)
    void hearLogs(List<Message> messages) {
        intake.take(DiagnosticQueues.LOGS, read(messages));
    }

    @RabbitListener(queues = DiagnosticQueues.EVENTS, containerFactory = DiagnosticQueues.FACTORY)
    void hearEvents(List<Message> messages) {
        intake.take(DiagnosticQueues.EVENTS, read(messages));
    }

    private List<DiagnosticMessage> read(List<Message> messages) {
        List<DiagnosticMessage> read = new ArrayList<>(messages.size());
        for (Message message : messages) {
            MessageProperties properties = message.getMessageProperties();
            long arrived =
                    properties.getHeader(ARRIVAL_HEADER) instanceof Number millis ? millis.longValue() : clock.millis();
            // no device could have sent what has another form of topic
            DeviceTopics.parseUp(String.valueOf(properties.getReceivedRoutingKey()))
                    .ifPresent(topic -> read.add(reading.read(
                            topic,
                            contentType(properties),
                            arrived,
                            message.getBody(),
                            Boolean.TRUE.equals(properties.isRedelivered()))));
        }
        return read;
    }

    /** The client puts this in place of none, as does whoever says nothing with it. */
    private static @Nullable String contentType(MessageProperties properties) {
        String said = properties.getContentType();
        return MessageProperties.DEFAULT_CONTENT_TYPE.equals(said) ? null : said;
    }
}
