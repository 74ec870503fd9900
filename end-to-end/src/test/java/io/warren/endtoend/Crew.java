package io.warren.endtoend;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Connected devices that do as they are told, and as the documentation asks of them: they come back, and a command whose id is known
 * is answered again and not done again.
 */
final class Crew implements AutoCloseable {

    private final List<Member> members;

    Crew(Tenant tenant, int size) {
        members = IntStream.range(0, size)
                .mapToObj(_ -> new Member(tenant.newDevice()))
                .toList();
    }

    List<Member> members() {
        return members;
    }

    /** How many commands have been done by all of them together. */
    int done() {
        return members.stream().mapToInt(member -> member.done().size()).sum();
    }

    @Override
    public void close() {
        members.forEach(member -> member.connection.close());
    }

    /** One of them. */
    static final class Member {

        private final Device device;
        private final Connection connection;
        private final Set<String> done = ConcurrentHashMap.newKeySet();
        private final List<Long> desiredVersions = new CopyOnWriteArrayList<>();
        private volatile String desired = "{}";

        private Member(Device device) {
            this.device = device;
            this.connection = Connection.open(device.client()
                    .automaticReconnect()
                    .initialDelay(200, TimeUnit.MILLISECONDS)
                    .maxDelay(2, TimeUnit.SECONDS)
                    .applyAutomaticReconnect()
                    .build());
            connection.listen(device.down("commands/#"), this::command);
            connection.listen(device.down("state/desired"), this::desired);
        }

        Device device() {
            return device;
        }

        /** The ids of the commands that it has done. */
        Set<String> done() {
            return done;
        }

        /** The versions of its desired state, in the order in which they came. */
        List<Long> desiredVersions() {
            return desiredVersions;
        }

        /** What it is to be like, as it was told last. */
        String desired() {
            return desired;
        }

        private void command(Mqtt5Publish message) {
            String id = message.getTopic().getLevels().get(5);
            done.add(id);
            // the platform sends the command again if this is lost: the broker closes the connection of a device that
            // says something
            // while nobody can be asked whether it may
            var _ = connection.send(Mqtt5Publish.builder()
                    .topic(device.up("commands/" + id))
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload("{\"status\": \"succeeded\"}".getBytes(StandardCharsets.UTF_8))
                    .build());
        }

        private void desired(Mqtt5Publish message) {
            var body = JsonMapper.shared().readTree(message.getPayloadAsBytes());
            desiredVersions.add(body.get("version").longValue());
            desired = body.get("state").toString();
        }
    }
}
