package io.warren.registry.statesync;

import io.warren.contracts.device.DeviceTopics.UpTopic;
import io.warren.platform.downlink.ReplyAddress;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.registry.document.DocumentBounds;
import io.warren.registry.document.Documents;
import io.warren.registry.state.StateReporting.Report;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what devices say about their state. */
final class StateRequests {

    /** The time of arrival, which the broker puts on each message. */
    static final String ARRIVAL_HEADER = "timestamp_in_ms";

    private static final int MOST_BYTES = 2 * DocumentBounds.MOST_BYTES;

    /** The last is what a message is said to have that names none. */
    private static final Set<String> CONTENT_TYPES =
            Set.of("application/json", "application/merge-patch+json", MessageProperties.DEFAULT_CONTENT_TYPE);

    private StateRequests() {}

    /**
     * Reads a message.
     *
     * @throws ProblemException if it is not one that can be understood
     */
    static StateRequest read(UpTopic topic, @Nullable ReplyAddress reply, Message message) {
        String kind = topic.path().size() < 2 ? "" : topic.path().get(1);
        if (kind.equals("reported")) {
            boolean again = Boolean.TRUE.equals(message.getMessageProperties().getRedelivered());
            return new StateRequest.Change(
                    topic, reply, new Report(topic.address(), patch(message), identity(topic, reply, message), again));
        }
        if (kind.equals("get") && reply != null) {
            return new StateRequest.Question(topic, reply);
        }
        throw refused(
                kind.equals("get")
                        ? "The topic ends with a request id, or the message names a response topic."
                        : "There is no such topic.");
    }

    private static ObjectNode patch(Message message) {
        String type = message.getMessageProperties().getContentType();
        if (type != null
                && !CONTENT_TYPES.contains(type.split(";", -1)[0].strip().toLowerCase(Locale.ROOT))) {
            throw refused("The content type of a state is application/json.");
        }
        if (message.getBody().length > MOST_BYTES) {
            throw refused("A patch has at most " + MOST_BYTES + " bytes.");
        }
        try {
            JsonNode body = Documents.read(message.getBody());
            if (body instanceof ObjectNode patch) {
                return patch;
            }
        } catch (JacksonException e) {
            // said below, in the same words
        }
        throw refused("The body is no JSON object that names each of its members once.");
    }

    /**
     * Eight bytes that tell a message from the others of its device. Two that arrive within a millisecond with all the same in
     * them are not told apart, hence this is looked at only when the broker says that it delivers a message again.
     */
    private static long identity(UpTopic topic, @Nullable ReplyAddress reply, Message message) {
        MessageProperties properties = message.getMessageProperties();
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Object part : new @Nullable Object[] {properties.getHeader(ARRIVAL_HEADER), topic.asMqtt(), reply}) {
                digest.update(String.valueOf(part).getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return ByteBuffer.wrap(digest.digest(message.getBody())).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ProblemException refused(String reason) {
        return new ProblemException(ProblemKind.INVALID, reason);
    }
}
