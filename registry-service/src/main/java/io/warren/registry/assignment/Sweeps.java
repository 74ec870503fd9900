package io.warren.registry.assignment;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.registry.configuration.Configuration;
import io.warren.registry.configuration.ConfigurationChanged;
import io.warren.registry.configuration.Configurations;
import io.warren.registry.configuration.Targets;
import io.warren.registry.query.DeviceSearch;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Has devices looked at for whom something changes by what is said of a configuration, or by the passing of time: page by page. */
@Service
class Sweeps {

    /** How many devices a page has. */
    static final int PAGE = 2_000;

    private final JdbcClient jdbc;
    private final Configurations configurations;
    private final Assignments assignments;
    private final DeviceSearch search;
    private final DueDevices due;

    Sweeps(
            JdbcClient jdbc,
            Configurations configurations,
            Assignments assignments,
            DeviceSearch search,
            DueDevices due) {
        this.jdbc = jdbc;
        this.configurations = configurations;
        this.assignments = assignments;
        this.search = search;
        this.due = due;
    }

    /** Begins one, or begins it again; runs in the transaction that changes the configuration. */
    @EventListener
    void begin(ConfigurationChanged configuration) {
        jdbc.sql("""
                        INSERT INTO configuration_sweep (tenant, configuration, position, differences) VALUES (?, ?, '', false)
                        ON CONFLICT (tenant, configuration) DO UPDATE SET position = '', differences = false""").params(configuration.tenant().value(), configuration.id()).update();
    }

    /** Begins one for each configuration whose target can become true of a device without anybody telling. */
    @Transactional
    void beginWithoutReason() {
        jdbc.sql("""
                        INSERT INTO configuration_sweep (tenant, configuration, position, differences)
                        SELECT tenant, id, '', true FROM configuration WHERE enabled AND reads @> '{swept}'
                        ON CONFLICT DO NOTHING""").update();
    }

    /** Any of them, so that one which cannot go on does not keep all others waiting. */
    Optional<Sweep> any() {
        return jdbc.sql("""
                        SELECT tenant, configuration, position, differences, xmin::text AS written FROM configuration_sweep
                        ORDER BY random() LIMIT 1""")
                .query((row, _) -> new Sweep(
                        new TenantId(row.getString("tenant")),
                        row.getString("configuration"),
                        row.getString("position"),
                        row.getBoolean("differences"),
                        row.getString("written")))
                .optional();
    }

    /**
     * Goes through the next page of one, and has those devices looked at that it concerns. The first page waits until nobody is
     * looking at devices who may have begun before the change and not be seen yet: what they come to by what was before would go
     * unnoticed. Its row is not locked meanwhile: who changes the configuration begins the sweep again and would wait for it.
     *
     * @return whether nobody else was at it
     */
    @Transactional
    boolean goOn(Sweep sweep) {
        return take(sweep) && advance(sweep, page -> concerned(sweep, page));
    }

    /**
     * Has all devices of the next page of one looked at, where it cannot be told which of them it concerns.
     *
     * @return whether nobody else was at it
     */
    @Transactional
    boolean goOnWithAll(Sweep sweep) {
        return take(sweep) && advance(sweep, Set::copyOf);
    }

    /** Takes one for a page; answers whether nobody else is at it. */
    private boolean take(Sweep sweep) {
        return jdbc.sql("SELECT pg_try_advisory_xact_lock(hashtextextended(? || '/' || ?, 5))")
                .params(sweep.tenant().value(), sweep.configuration())
                .query(Boolean.class)
                .single();
    }

    private boolean advance(Sweep sweep, Function<List<DeviceId>, Set<DeviceId>> choice) {
        if (sweep.position().isEmpty()) {
            due.keepFromLooking(sweep.tenant());
        }
        List<DeviceId> page = jdbc.sql("SELECT id FROM device WHERE tenant = ? AND id > ? ORDER BY id LIMIT ?")
                .params(sweep.tenant().value(), sweep.position(), PAGE)
                .query((row, _) -> new DeviceId(row.getString(1)))
                .list();
        Set<DeviceId> chosen = page.isEmpty() ? Set.of() : choice.apply(page);
        if (!chosen.isEmpty()) {
            due.add(sweep.tenant(), chosen);
        }
        note(sweep, page);
        return true;
    }

    /** Notes how far it is, unless it was begun again meanwhile. */
    private void note(Sweep sweep, List<DeviceId> page) {
        if (page.size() < PAGE) {
            jdbc.sql("DELETE FROM configuration_sweep WHERE tenant = ? AND configuration = ? AND xmin::text = ?")
                    .params(sweep.tenant().value(), sweep.configuration(), sweep.written())
                    .update();
        } else {
            jdbc.sql("""
                            UPDATE configuration_sweep SET position = ?
                            WHERE tenant = ? AND configuration = ? AND xmin::text = ?""")
                    .params(page.getLast().value(), sweep.tenant().value(), sweep.configuration(), sweep.written())
                    .update();
        }
    }

    private Set<DeviceId> concerned(Sweep sweep, List<DeviceId> page) {
        Set<DeviceId> had = assignments.among(sweep.tenant(), sweep.configuration(), sweep.differences(), page);
        Set<DeviceId> meant = configurations
                .find(sweep.tenant(), sweep.configuration())
                .filter(Configuration::enabled)
                .map(configuration ->
                        search.matching(sweep.tenant(), Targets.compile(configuration.target(), "/target"), page))
                .orElse(Set.of());
        Set<DeviceId> concerned = new HashSet<>(had);
        concerned.addAll(meant);
        if (sweep.differences()) {
            had.retainAll(meant);
            concerned.removeAll(had);
        }
        return concerned;
    }

    /**
     * How far it is.
     *
     * @param position the last device that was looked at
     * @param differences whether only those devices count that the target has become true or false of
     * @param written the transaction that said so: another one if it was begun again since
     */
    record Sweep(TenantId tenant, String configuration, String position, boolean differences, String written) {}
}
