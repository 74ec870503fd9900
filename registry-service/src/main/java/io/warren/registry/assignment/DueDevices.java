package io.warren.registry.assignment;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.contracts.registry.DeviceEvent;
import io.warren.contracts.registry.PresenceEvent;
import io.warren.contracts.registry.StateEvent;
import io.warren.platform.outbox.Outbox;
import io.warren.registry.Columns;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The devices whose configurations are to be looked at again. */
@Repository
class DueDevices {

    private final JdbcClient jdbc;

    DueDevices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Has devices looked at that have changed in a way that matters to their configurations, in the transaction that changes them.
     *
     * @return how many these are
     */
    int addIfItMatters(List<Outbox.Event> events) {
        return events.stream()
                .flatMap(event -> reason(event).stream())
                .collect(groupingBy(Reason::kind, toSet()))
                .entrySet()
                .stream()
                .mapToInt(entry -> add(entry.getKey(), entry.getValue()))
                .sum();
    }

    private int add(String kind, Set<Reason> reasons) {
        return jdbc.sql("SELECT look_at_configurations(?, ?, ?)")
                .param(kind)
                .param(Columns.of(reasons, Reason::tenant))
                .param(Columns.of(reasons, Reason::device))
                .query(Integer.class)
                .single();
    }

    /** Has devices looked at. */
    void add(TenantId tenant, Collection<DeviceId> devices) {
        jdbc.sql("INSERT INTO configuration_due (tenant, device) SELECT ?, unnest(?)")
                .param(tenant.value())
                .param(Columns.of(devices, DeviceId::value))
                .update();
    }

    /**
     * Takes some of one tenant, those first that have waited longest. They are due again if the transaction is rolled back.
     *
     * @return none if there are none that nobody else has taken
     */
    Set<DeviceAddress> take(int limit) {
        return jdbc.sql("""
                        DELETE FROM configuration_due WHERE id = ANY (ARRAY
                            (SELECT id FROM configuration_due
                             WHERE tenant = (SELECT tenant FROM configuration_due ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
                             ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED))
                        RETURNING tenant, device""")
                .param(limit)
                .query((row, _) -> DeviceAddress.of(row.getString("tenant"), row.getString("device")))
                .set();
    }

    private static Optional<Reason> reason(Outbox.Event event) {
        return switch (event.payload()) {
            case DeviceEvent device
            when !event.type().equals(DeviceEvent.DELETED) ->
                Optional.of(new Reason("description", device.tenant(), device.device()));
            case PresenceEvent presence -> Optional.of(new Reason("presence", presence.tenant(), presence.device()));
            case StateEvent state
            when event.type().equals(StateEvent.REPORTED) ->
                Optional.of(new Reason("reported", state.tenant(), state.device()));
            case StateEvent state
            when !state.changedBy().startsWith(Evaluation.BY) ->
                Optional.of(new Reason("desired", state.tenant(), state.device()));
            default -> Optional.empty();
        };
    }

    private record Reason(String kind, String tenant, String device) {}
}
