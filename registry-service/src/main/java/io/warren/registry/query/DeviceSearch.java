package io.warren.registry.query;

import static java.util.stream.Collectors.toMap;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.expression.Definitions;
import io.warren.platform.expression.Expression;
import io.warren.platform.expression.ExpressionLanguage;
import io.warren.platform.expression.Facts;
import io.warren.platform.expression.NamedValue;
import io.warren.platform.expression.Sql;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.vocabulary.DeviceVocabulary;
import io.warren.registry.Columns;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Finds the devices that an expression is true of, as they are at that moment. */
@Service
@Transactional(readOnly = true)
public class DeviceSearch {

    /** What is refused because it takes the database too long. */
    public static final ProblemKind TOO_SLOW =
            new ProblemKind("query-too-slow", HttpStatus.UNPROCESSABLE_CONTENT, "Query takes too long");

    private static final Sql DEVICES = Sql.of("device d");

    /** How many devices in a row are looked at for the ones in question before all of them are. */
    private static final int NEAR = 5_000;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final QueryProperties properties;
    private final GroupDefinitions groups;
    private final Clock clock;
    private final ObjectReader exact;
    private final ExpressionLanguage language = new ExpressionLanguage(DeviceVocabulary.NAMES);

    DeviceSearch(JdbcClient jdbc, JsonMapper json, QueryProperties properties, GroupDefinitions groups, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.exact = json.readerFor(ObjectNode.class).with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        this.properties = properties;
        this.groups = groups;
        this.clock = clock;
    }

    /** The language in which devices are described. */
    public ExpressionLanguage language() {
        return language;
    }

    /** The groups of a tenant that are expressions, as they are at this moment. */
    public Definitions definitions(TenantId tenant) {
        return groups.of(tenant);
    }

    /**
     * Makes sure that an expression can be that of a group of a tenant.
     *
     * @throws ProblemException if it cannot be read, leads back to the group, or is too much together with those that it asks for
     */
    public void checkGroup(TenantId tenant, String group, String filter) {
        groups.check(tenant, group, filter);
    }

    /** Whether a tenant has a group of this name. */
    public boolean hasGroup(TenantId tenant, String group) {
        return groups.exists(tenant, group);
    }

    /** The names of the groups of a tenant whose expressions ask for a group. */
    public List<String> groupsAsking(TenantId tenant, String group) {
        return groups.asking(tenant, group);
    }

    /**
     * The expression that is true of the devices in a group.
     *
     * @param group the name of a group, in whose form there is nothing to be escaped
     */
    public Expression membership(String group) {
        return language.compile("\"" + group + "\" in " + GroupDefinitions.GROUPS, "group");
    }

    /**
     * The next of a tenant's devices that an expression is true of, in the order of their ids.
     *
     * @param after the last one that is known already; absent at the beginning
     * @param limit how many at the most
     * @throws ProblemException of kind {@code query-too-slow}
     */
    public List<DeviceId> matching(TenantId tenant, Expression filter, @Nullable DeviceId after, int limit) {
        Sorting byId = Sorting.of(null, language);
        Sorting.Place place = after == null ? null : new Sorting.Place(after.value(), List.of());
        return inTime(() -> inOrder(tenant, filter, byId, place, limit)).stream()
                .map(found -> new DeviceId(found.id()))
                .toList();
    }

    /**
     * Of some of a tenant's devices, those that an expression is true of.
     *
     * @throws ProblemException of kind {@code query-too-slow}
     */
    public Set<DeviceId> matching(TenantId tenant, Expression filter, Collection<DeviceId> among) {
        Sql query = Sql.of("SELECT d.id FROM ")
                .then(from(DEVICES, tenant, filter, Set.of()))
                .then(" AND d.id = ANY (CAST(? AS text[]))", (Object) Columns.of(among, DeviceId::value));
        return new HashSet<>(inTime(() -> jdbc.sql(query.text())
                .params(query.parameters())
                .query((row, _) -> new DeviceId(row.getString(1)))
                .list()));
    }

    /** What is known of some of a tenant's devices, to evaluate or explain expressions; those that do not exist are left out. */
    public Map<DeviceId, Facts> facts(TenantId tenant, Collection<DeviceId> ids) {
        Instant now = clock.instant();
        Definitions definitions = groups.of(tenant);
        Sql query = Sql.of("SELECT d.id, " + DeviceColumns.FACTS + " FROM ")
                .then(from(DEVICES, tenant, null, DeviceVocabulary.NAMES.names()))
                .then(" AND d.id = ANY (CAST(? AS text[]))", (Object) Columns.of(ids, DeviceId::value));
        return jdbc
                .sql(query.text())
                .params(query.parameters())
                .query((row, _) -> Map.entry(
                        new DeviceId(row.getString(1)),
                        definitions.in(new Facts(exact.readValue(row.getString(2)), now))))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * How many of a tenant's devices an expression is true of.
     *
     * @throws ProblemException of kind {@code query-too-slow}
     */
    public long count(TenantId tenant, Expression filter) {
        Sql query = Sql.of("SELECT count(*) FROM ").then(from(DEVICES, tenant, filter, Set.of()));
        return inTime(() -> jdbc.sql(query.text())
                .params(query.parameters())
                .query(Long.class)
                .single());
    }

    /** The next places in an order, a page of them. */
    List<Sorting.Place> places(
            TenantId tenant, @Nullable Expression filter, Sorting sorting, Sorting.@Nullable Place after, int limit) {
        return inTime(() -> filter != null && sorting.isById()
                ? page(tenant, filter, sorting, after, limit)
                : inOrder(tenant, filter, sorting, after, limit));
    }

    /**
     * A page in the order of ids. Common devices are found soon by going on in that order; rare ones, and those that are all at the
     * end, by an index on what they have in common. Which they are is not left to the planner's guess: a few are looked at in order,
     * and if that does not fill the page, all that the filter is true of are found first and sorted then (the {@code OFFSET} keeps
     * the planner from going through them in order again).
     */
    private List<Sorting.Place> page(
            TenantId tenant, Expression filter, Sorting byId, Sorting.@Nullable Place after, int limit) {
        Sql behind = behind(byId, after);
        Sql near = Sql.of("(SELECT * FROM device d WHERE d.tenant = ?", tenant.value())
                .then(behind)
                .then(byId.order())
                .then(" LIMIT ?) AS d", NEAR);
        List<Sorting.Place> found = places(
                byId,
                Sql.of("SELECT d.id FROM ")
                        .then(from(near, tenant, filter, Set.of()))
                        .then(byId.order())
                        .then(" LIMIT ?", limit));
        return found.size() == limit
                ? found
                : places(
                        byId,
                        Sql.of("SELECT d.id FROM (SELECT d.id FROM ")
                                .then(from(DEVICES, tenant, filter, Set.of()))
                                .then(behind)
                                .then(" OFFSET 0) AS d")
                                .then(byId.order())
                                .then(" LIMIT ?", limit));
    }

    private List<Sorting.Place> inOrder(
            TenantId tenant, @Nullable Expression filter, Sorting sorting, Sorting.@Nullable Place after, int limit) {
        return places(
                sorting,
                Sql.of("SELECT ")
                        .then(sorting.columns())
                        .then(" FROM ")
                        .then(from(DEVICES, tenant, filter, sorting.names()))
                        .then(behind(sorting, after))
                        .then(sorting.order())
                        .then(" LIMIT ?", limit));
    }

    private static Sql behind(Sorting sorting, Sorting.@Nullable Place after) {
        return after == null ? Sql.of("") : Sql.of(" AND ").then(sorting.after(after));
    }

    private List<Sorting.Place> places(Sorting sorting, Sql query) {
        return jdbc.sql(query.text())
                .params(query.parameters())
                .query((row, _) -> {
                    List<@Nullable String> keys = new ArrayList<>();
                    for (int column = 2; column < 2 + sorting.keys().size(); column++) {
                        keys.add(row.getString(column));
                    }
                    return new Sorting.Place(row.getString(1), keys);
                })
                .list();
    }

    /** How many devices there are of each value, the most frequent first. */
    Groups groups(TenantId tenant, @Nullable Expression filter, NamedValue by) {
        Sql query = Sql.of(
                        "SELECT value, devices, sum(devices) OVER () AS total, count(*) OVER () AS number FROM (SELECT ")
                .then(by.json(DeviceColumns.NAMES))
                .then(" AS value, count(*) AS devices FROM ")
                .then(from(DEVICES, tenant, filter, Set.of(by.name())))
                .then(" GROUP BY 1) AS counted ORDER BY devices DESC, value LIMIT ?", Groups.MOST);
        return inTime(() -> jdbc.sql(query.text()).params(query.parameters()).query(rows -> {
            return Groups.of(rows, json);
        }));
    }

    private Sql from(Sql devices, TenantId tenant, @Nullable Expression filter, Set<String> more) {
        Set<String> names = new HashSet<>(more);
        Sql condition = Sql.of("");
        if (filter != null && filter.names().contains(GroupDefinitions.GROUPS)) {
            Definitions definitions = groups.of(tenant);
            names.addAll(definitions.names(filter));
            condition = Sql.of(" AND ").then(filter.sql(DeviceColumns.NAMES, definitions, clock.instant()));
        } else if (filter != null) {
            names.addAll(filter.names());
            condition = Sql.of(" AND ").then(filter.sql(DeviceColumns.NAMES, clock.instant()));
        }
        return devices.then(DeviceColumns.joins(names) + " WHERE d.tenant = ?", tenant.value())
                .then(condition);
    }

    /**
     * Lets the database work for so long and no longer: expressions can be written that no index helps with. Each is planned with its
     * values, since one plan does not serve rare values and common ones.
     */
    private <T> T inTime(Supplier<T> query) {
        jdbc.sql("""
                        SELECT set_config('statement_timeout', ?, true),
                               set_config('plan_cache_mode', 'force_custom_plan', true)""")
                .param(String.valueOf(properties.timeout().toMillis()))
                .query((_, _) -> true)
                .single();
        try {
            return query.get();
        } catch (QueryTimeoutException e) {
            throw new ProblemException(
                    TOO_SLOW,
                    "This takes longer than " + properties.timeout().toMillis()
                            + " ms: ask for an equality that an index can"
                            + " serve, such as device.tags.site == \"lyon\", or sort by id.");
        }
    }
}
