package io.warren.registry.assignment;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.contracts.registry.DeviceEvent;
import io.warren.contracts.registry.GroupMembershipEvent;
import io.warren.contracts.registry.PresenceEvent;
import io.warren.contracts.registry.StateEvent;
import io.warren.platform.outbox.Outbox;
import io.warren.registry.Columns;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The devices whose configurations are to be looked at again. */
@Repository
class DueDevices {

    private static final String TAKE = """
            DELETE FROM configuration_due WHERE id = ANY (ARRAY
                (SELECT id FROM configuration_due WHERE %s FOR UPDATE SKIP LOCKED))
            RETURNING tenant, device""";

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
                .flatMap(DueDevices::reasons)
                .collect(groupingBy(Reason::kind, toSet()))
                .entrySet()
                .stream()
                .mapToInt(entry -> add(entry.getKey(), entry.getValue()))
                .sum();
    }

    /** Has a device looked at whose firmware has changed, if that matters; answers whether it does. */
    boolean addIfFirmwareMatters(DeviceAddress device) {
        return add(
                        "firmware",
                        Set.of(new Reason(
                                "firmware",
                                device.tenant().value(),
                                device.device().value())))
                > 0;
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
        return taken(jdbc.sql(TAKE.formatted("""
                        tenant = (SELECT tenant FROM configuration_due ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
                        ORDER BY id LIMIT ?""")).param(limit));
    }

    /**
     * Takes one, if it is due; it is due again if the transaction is rolled back.
     *
     * @return none if somebody else has taken it
     */
    Set<DeviceAddress> take(DeviceAddress device) {
        return taken(jdbc.sql(TAKE.formatted("tenant = ? AND device = ?"))
                .params(device.tenant().value(), device.device().value()));
    }

    private static Set<DeviceAddress> taken(JdbcClient.StatementSpec statement) {
        return statement
                .query((row, _) -> DeviceAddress.of(row.getString("tenant"), row.getString("device")))
                .set();
    }

    /** Forgets that looking at devices has failed: they are locked, and looked at now. */
    void passOverNoMore(Collection<DeviceAddress> devices) {
        jdbc.sql("""
                        DELETE FROM configuration_failure USING unnest(?, ?) AS seen (tenant, device)
                        WHERE configuration_failure.tenant = seen.tenant AND configuration_failure.device = seen.device""")
                .param(Columns.of(devices, DeviceAddress::tenant))
                .param(Columns.of(devices, DeviceAddress::device))
                .update();
    }

    /** Says that devices of a tenant are being looked at, until the transaction ends. */
    void announceLook(TenantId tenant) {
        jdbc.sql("SELECT pg_advisory_xact_lock_shared(hashtextextended(?, 4))")
                .param(tenant.value())
                .query((_, _) -> true)
                .single();
    }

    /**
     * Keeps others from looking at devices of a tenant until the transaction ends. It waits a moment for those who are at it; who
     * comes meanwhile waits behind, so that it has its turn even where somebody always is. The caller must hold nothing that those
     * who look at devices, or those they wait for, may want.
     *
     * @throws org.springframework.jdbc.UncategorizedSQLException with SQLSTATE 55P03 if they take longer
     */
    void keepFromLooking(TenantId tenant) {
        jdbc.sql("SELECT set_config('lock_timeout', '1s', true)")
                .query((_, _) -> true)
                .single();
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(?, 4))")
                .param(tenant.value())
                .query((_, _) -> true)
                .single();
    }

    /** Some of those that have waited longest, whether somebody takes them at the moment or not. */
    Set<DeviceAddress> waiting(int limit) {
        return new LinkedHashSet<>(jdbc.sql("SELECT tenant, device FROM configuration_due ORDER BY id LIMIT ?")
                .param(limit)
                .query((row, _) -> DeviceAddress.of(row.getString("tenant"), row.getString("device")))
                .list());
    }

    private static Stream<Reason> reasons(Outbox.Event event) {
        return switch (event.payload()) {
            case DeviceEvent device
            when !event.type().equals(DeviceEvent.DELETED) ->
                Stream.of(new Reason("description", device.tenant(), device.device()));
            case PresenceEvent presence -> Stream.of(new Reason("presence", presence.tenant(), presence.device()));
            case StateEvent state
            when event.type().equals(StateEvent.REPORTED) ->
                Stream.of(new Reason("reported", state.tenant(), state.device()));
            case StateEvent state
            when !state.changedBy().startsWith(Evaluation.BY) ->
                Stream.of(new Reason("desired", state.tenant(), state.device()));
            case GroupMembershipEvent group ->
                Stream.concat(group.joined().stream(), group.left().stream())
                        .map(device -> new Reason("groups", group.tenant(), device));
            default -> Stream.empty();
        };
    }

    private record Reason(String kind, String tenant, String device) {}
}
