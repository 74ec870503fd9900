package io.warren.registry.query;

import static java.util.stream.Collectors.toMap;

import io.warren.contracts.device.TenantId;
import io.warren.platform.expression.Definitions;
import io.warren.platform.expression.Expression;
import io.warren.platform.expression.ExpressionLanguage;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.platform.vocabulary.DeviceVocabulary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The groups of tenants that are expressions. Who is in them is kept nowhere: wherever somebody asks for such a group, its
 * expression is asked instead.
 */
@Repository
class GroupDefinitions {

    /** The name of the groups that a device is in. */
    static final String GROUPS = "device.groups";

    private static final int MOST = 100;
    private static final String POINTER = "/filter";

    private final JdbcClient jdbc;
    private final ExpressionLanguage language = new ExpressionLanguage(DeviceVocabulary.NAMES);

    GroupDefinitions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Definitions of(TenantId tenant) {
        return Definitions.kept(GROUPS, read(tenant), POINTER);
    }

    /**
     * Makes sure that an expression can be that of a group, beside those of all others.
     *
     * @throws ProblemException that says why it cannot
     */
    void check(TenantId tenant, String group, String filter) {
        Map<String, Expression> all = new HashMap<>(read(tenant));
        all.put(group, language.compile(filter, POINTER));
        if (all.size() > MOST) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    "The group can only be a list.",
                    List.of(new Violation(POINTER, "a tenant has at most " + MOST + " groups that are expressions")));
        }
        Definitions _ = Definitions.of(GROUPS, all, POINTER);
    }

    boolean exists(TenantId tenant, String group) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM device_group WHERE tenant = ? AND id = ?)")
                .params(tenant.value(), group)
                .query(Boolean.class)
                .single();
    }

    /** The names of the groups that ask for one, by way of others too. */
    List<String> asking(TenantId tenant, String group) {
        Map<String, Expression> all = read(tenant);
        Definitions definitions = Definitions.kept(GROUPS, all, POINTER);
        return all.entrySet().stream()
                .filter(entry -> definitions.asks(entry.getValue(), group))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private Map<String, Expression> read(TenantId tenant) {
        return jdbc
                .sql("SELECT id, filter FROM device_group WHERE tenant = ? AND filter IS NOT NULL")
                .param(tenant.value())
                .query((row, _) -> Map.entry(row.getString("id"), language.compile(row.getString("filter"), POINTER)))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
