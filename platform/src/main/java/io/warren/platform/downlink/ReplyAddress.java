package io.warren.platform.downlink;

import io.warren.contracts.device.DeviceTopics;
import io.warren.contracts.device.DeviceTopics.UpTopic;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.MessageProperties;

/**
 * Where a device wants to be answered: on the response topic of its message, if that is MQTT 5 and names one, and else on the topic
 * that the request id at the end of its own topic stands for.
 *
 * @param key the routing key, below the {@code down} of the device
 * @param correlation what the device wants to find in the answer again, if anything, as the broker gave it
 */
public record ReplyAddress(String key, @Nullable Object correlation) {

    /** Where the broker puts correlation data that is no short text. */
    static final String CORRELATION_HEADER = "x-correlation-id";

    private static final String TOPIC_HEADER = "x-reply-to-topic";
    private static final Pattern REPLY_TO =
            Pattern.compile("/(?:exchange|exchanges)/" + Pattern.quote(DeviceTopics.EXCHANGE) + "/(.+)");
    private static final int MOST_BYTES = 200;
    private static final Pattern PLAIN = Pattern.compile("[^\\x00-\\x1f*#\\x7f-\\x9f\\p{Cs}]+");

    /**
     * Reads where a message wants to be answered.
     *
     * @param topic its topic; of three levels, the last is a request id
     * @return empty if it wants no answer
     * @throws ProblemException if it wants it where this device may not listen
     */
    public static Optional<ReplyAddress> of(UpTopic topic, MessageProperties message) {
        Optional<ReplyAddress> named = named(message, DeviceTopics.down(topic.sender(), ""));
        List<String> path = topic.path();
        return named.isPresent() || path.size() < 3
                ? named
                : Optional.of(at(topic.route().down(path.toArray(String[]::new)), message));
    }

    /**
     * The response topic that a message names.
     *
     * @param prefix the routing key below which it has to be
     * @return empty if it names none
     * @throws ProblemException if it is elsewhere
     */
    public static Optional<ReplyAddress> named(MessageProperties message, String prefix) {
        Optional<String> response = responseKey(message);
        if (response.isPresent() && !isBelow(prefix, response.get())) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    "A response topic has to be below " + prefix.replace('.', '/') + " for this device.");
        }
        return response.map(key -> at(key, message));
    }

    /** A place to answer a message at, with what the device wants to find in the answer. */
    public static ReplyAddress at(String key, MessageProperties message) {
        return new ReplyAddress(key, correlation(message));
    }

    /** Puts into an answer what the device wants to find in it. */
    public void correlate(MessageProperties answer) {
        if (correlation instanceof String text) {
            answer.setCorrelationId(text);
        } else if (correlation != null) {
            answer.setHeader(CORRELATION_HEADER, correlation);
        }
    }

    private static Optional<String> responseKey(MessageProperties message) {
        Optional<String> replyTo = Optional.ofNullable(message.getReplyTo())
                .map(REPLY_TO::matcher)
                .filter(address -> address.matches())
                .map(address -> address.group(1));
        return replyTo.or(
                () -> Optional.ofNullable(message.getHeader(TOPIC_HEADER)).map(String::valueOf));
    }

    private static @Nullable Object correlation(MessageProperties message) {
        return Stream.of(
                        Optional.<Object>ofNullable(message.getCorrelationId()),
                        Optional.<Object>ofNullable(message.getHeader(CORRELATION_HEADER)))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
    }

    private static boolean isBelow(String prefix, String key) {
        return key.length() > prefix.length()
                && key.startsWith(prefix)
                && key.length() <= MOST_BYTES
                && PLAIN.matcher(key).matches();
    }
}
