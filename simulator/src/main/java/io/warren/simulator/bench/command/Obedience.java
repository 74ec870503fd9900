package io.warren.simulator.bench.command;

import io.warren.simulator.mqtt.Receiver;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Devices that carry out every command at once and say so, and count how often each command came. */
final class Obedience implements Receiver {

    private static final String SUCCEEDED = "{\"status\":\"succeeded\"}";
    private static final String DOWN = "/down/commands/";

    private final Map<String, Integer> received = new ConcurrentHashMap<>();

    @Override
    public @Nullable Reply receive(String topic, ByteBuffer body) {
        int down = topic.indexOf(DOWN);
        int end = topic.lastIndexOf('/');
        if (down < 0 || end < down + DOWN.length()) {
            return null;
        }
        String id = topic.substring(down + DOWN.length(), end);
        received.merge(id, 1, Integer::sum);
        return new Reply(topic.substring(0, down) + "/up/commands/" + id, SUCCEEDED);
    }

    /** How often a command came. */
    int times(String id) {
        return received.getOrDefault(id, 0);
    }
}
