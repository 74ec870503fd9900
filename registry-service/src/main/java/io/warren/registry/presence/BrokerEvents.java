package io.warren.registry.presence;

import io.warren.contracts.device.DeviceAddress;
import io.warren.registry.presence.ConnectionChange.Connection;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the broker's event exchange and its management API say of connections. Events have headers only, some of them
 * Erlang terms: {@code peer_host} is <code>{127,0,0,1}</code> and {@code protocol} <code>{'MQTT',{5,0}}</code>, which is
 * {@code MQTT 5-0} in the list.
 */
final class BrokerEvents {

    private static final Pattern PROTOCOL = Pattern.compile("\\{'?([A-Za-z ]+)'?,\\{([0-9,]+)\\}\\}");
    private static final Pattern LISTED_PROTOCOL = Pattern.compile("(.+) (\\d+(?:-\\d+)*)");
    private static final Pattern IPV4 = Pattern.compile("\\{(\\d{1,3}),(\\d{1,3}),(\\d{1,3}),(\\d{1,3})\\}");
    private static final Pattern IPV6 = Pattern.compile("\\{(\\d{1,5}(?:,\\d{1,5}){7})\\}");

    private BrokerEvents() {}

    /** Reads an event of {@code amq.rabbitmq.event}; empty if it is about no connection of a device. */
    static Optional<ConnectionChange> read(@Nullable String key, Map<String, @Nullable Object> headers) {
        return "user.authentication.success".equals(key) ? readSignIn(headers) : readConnection(key, headers);
    }

    private static Optional<ConnectionChange> readSignIn(Map<String, @Nullable Object> headers) {
        String name = text(headers.get("connection_name"));
        if (name.isEmpty() || !(headers.get("timestamp_in_ms") instanceof Number at)) {
            return Optional.empty();
        }
        return DeviceAddress.parse(text(headers.get("name")))
                .map(address -> ConnectionChange.signedIn(address, name, Instant.ofEpochMilli(at.longValue())));
    }

    private static Optional<ConnectionChange> readConnection(
            @Nullable String key, Map<String, @Nullable Object> headers) {
        Optional<DeviceAddress> address = DeviceAddress.parse(text(headers.get("user")));
        String name = text(headers.get("name"));
        if (address.isEmpty()
                || name.isEmpty()
                || !(headers.get("connected_at") instanceof Number connectedAt)
                || !(headers.get("timestamp_in_ms") instanceof Number at)) {
            return Optional.empty();
        }
        Connection connection = new Connection(
                name,
                Instant.ofEpochMilli(connectedAt.longValue()),
                host(text(headers.get("peer_host"))),
                protocol(text(headers.get("protocol"))));
        return switch (String.valueOf(key)) {
            case "connection.created" -> Optional.of(ConnectionChange.opened(address.get(), connection));
            case "connection.closed" ->
                Optional.of(ConnectionChange.closed(address.get(), connection, Instant.ofEpochMilli(at.longValue())));
            default -> Optional.empty();
        };
    }

    static @Nullable String protocol(String text) {
        Matcher term = PROTOCOL.matcher(text);
        if (term.matches()) {
            return term.group(1) + " " + term.group(2).replace(',', '.');
        }
        Matcher listed = LISTED_PROTOCOL.matcher(text);
        return listed.matches() ? listed.group(1) + " " + listed.group(2).replace('-', '.') : orNull(text);
    }

    static @Nullable String host(String text) {
        Matcher ipv4 = IPV4.matcher(text);
        if (ipv4.matches()) {
            return ipv4.replaceFirst("$1.$2.$3.$4");
        }
        Matcher ipv6 = IPV6.matcher(text);
        if (!ipv6.matches()) {
            return orNull(text);
        }
        StringBuilder address = new StringBuilder();
        for (String group : ipv6.group(1).split(",", -1)) {
            address.append(address.isEmpty() ? "" : ":").append(Integer.toHexString(Integer.parseInt(group)));
        }
        return address.toString();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
