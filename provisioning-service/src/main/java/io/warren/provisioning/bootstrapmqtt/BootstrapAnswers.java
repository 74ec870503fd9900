package io.warren.provisioning.bootstrapmqtt;

import io.warren.contracts.device.DeviceTopics;
import io.warren.contracts.device.DeviceTopics.UpTopic;
import io.warren.platform.database.DatabaseAway;
import io.warren.platform.downlink.ReplyAddress;
import io.warren.platform.pace.ReturnTimes;
import io.warren.platform.problem.ProblemBodies;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.trace.TraceContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Tells devices what became of what they asked: the bodies of the answers over HTTPS. */
@Component
class BootstrapAnswers {

    private static final Logger log = LoggerFactory.getLogger(BootstrapAnswers.class);
    private static final Duration LIFETIME = Duration.ofSeconds(60);

    private static final ProblemKind FAILED =
            new ProblemKind("internal-server-error", HttpStatus.INTERNAL_SERVER_ERROR, "Internal Server Error");

    private final RabbitTemplate rabbit;
    private final JsonMapper json;
    private final ReturnTimes returnTimes = ReturnTimes.afterOutage();

    BootstrapAnswers(RabbitTemplate rabbit, JsonMapper json) {
        this.rabbit = rabbit;
        this.json = json;
    }

    /** Sends an answer on its way. */
    void give(ReplyAddress reply, Object answer) {
        send(reply, "application/json", answer);
    }

    /** Says what went wrong, as over HTTPS: of a failure that nobody has foreseen only where in the log it is. */
    void refuse(UpTopic topic, ReplyAddress reply, RuntimeException failure) {
        ProblemException problem = problem(failure);
        ProblemDetail body = ProblemBodies.of(problem);
        Duration retryAfter = problem.retryAfter();
        if (retryAfter != null) {
            body.setProperty("retryAfterSeconds", Math.max(1, retryAfter.toSeconds()));
        }
        ProblemBodies.complete(body, problem.kind().status(), "/" + topic.asMqtt(), TraceContext.current());
        send(reply, "application/problem+json", body);
    }

    private ProblemException problem(RuntimeException failure) {
        if (failure instanceof ProblemException problem) {
            return problem;
        }
        if (DatabaseAway.isCauseOf(failure)) {
            log.warn("The database is away or too slow: {}", failure.getMessage());
            return new ProblemException(ProblemKind.UNAVAILABLE, "The database does not answer.", returnTimes.next());
        }
        log.error("Unexpected failure", failure);
        return new ProblemException(FAILED, "Something failed inside; the trace id leads to it in the logs.");
    }

    private void send(ReplyAddress reply, String contentType, Object body) {
        Message message = MessageBuilder.withBody(json.writeValueAsString(body).getBytes(StandardCharsets.UTF_8))
                .setContentType(contentType)
                .setDeliveryMode(MessageDeliveryMode.PERSISTENT)
                .setExpiration(String.valueOf(LIFETIME.toMillis()))
                .build();
        reply.correlate(message.getMessageProperties());
        rabbit.send(DeviceTopics.EXCHANGE, reply.key(), message);
    }
}
