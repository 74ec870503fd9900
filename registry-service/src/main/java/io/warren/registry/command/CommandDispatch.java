package io.warren.registry.command;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceRoute;
import io.warren.registry.command.Commands.Due;
import io.warren.registry.device.DeviceRoutes;
import io.warren.registry.document.Documents;
import io.warren.registry.downlink.DeviceMessages;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Turns commands into messages, and publishes each to where its device is reached. */
@Component
class CommandDispatch {

    private final DeviceMessages messages;
    private final DeviceRoutes routes;
    private final Enclosures enclosures;

    CommandDispatch(DeviceMessages messages, DeviceRoutes routes, Enclosures enclosures) {
        this.messages = messages;
        this.routes = routes;
        this.enclosures = enclosures;
    }

    /**
     * Publishes commands, one behind the other.
     *
     * @return for each whether a queue of its device took it
     * @throws InterruptedException when the service stops; what became of them is not known then
     */
    List<Boolean> send(List<Due> due, Instant now) throws InterruptedException {
        Map<DeviceAddress, DeviceRoute> ways =
                routes.to(due.stream().map(Due::address).toList());
        Map<UUID, ObjectNode> enclosed = enclosed(due);
        return messages.sendAll(due.stream()
                .map(each -> message(
                        each,
                        ways.getOrDefault(each.address(), new DeviceRoute(each.address(), null)),
                        enclosed.get(each.id()),
                        now))
                .toList());
    }

    private Map<UUID, ObjectNode> enclosed(List<Due> due) {
        List<UUID> asked = due.stream()
                .filter(each -> each.name().equals(enclosures.command()))
                .map(Due::id)
                .toList();
        return asked.isEmpty() ? Map.of() : enclosures.of(asked);
    }

    private static DeviceMessages.Outgoing message(
            Due due, DeviceRoute route, @Nullable ObjectNode enclosed, Instant now) {
        String body = "{\"args\":" + args(due, enclosed) + ",\"expiresAt\":\"" + due.expiresAt() + "\"}";
        return new DeviceMessages.Outgoing(
                route.down("commands", due.id().toString(), due.name()), body, Duration.between(now, due.expiresAt()));
    }

    /** Arguments that nothing is enclosed with go as they were given, without being read. */
    private static String args(Due due, @Nullable ObjectNode enclosed) {
        String args = due.args();
        if (enclosed == null) {
            return args == null ? "{}" : args;
        }
        return Documents.write(Enclosures.joined(args == null ? null : Documents.read(args), enclosed));
    }
}
