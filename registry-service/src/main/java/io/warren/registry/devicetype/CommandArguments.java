package io.warren.registry.devicetype;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.platform.schema.JsonSchema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Holds the arguments of commands against the schemas of device types. A command that the type does not describe, or describes
 * without a schema, is not checked.
 */
@Component
public class CommandArguments {

    private static final int COMPILED = 500;

    private final Cache<String, JsonSchema> compiled =
            Caffeine.newBuilder().maximumSize(COMPILED).build();
    private final JdbcClient jdbc;
    private final JsonMapper json;

    CommandArguments(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * Checks a command for one device; one that does not exist takes any.
     *
     * @param args what the caller gave at {@code /args}; absent, an empty object
     * @throws ProblemException of kind {@link ProblemKind#INVALID} with the places below {@code /args} that do not fit
     */
    public void check(DeviceAddress address, String command, @Nullable JsonNode args) {
        List<Violation> violations = jdbc.sql("""
                        SELECT commands -> ? ->> 'args' FROM device_type
                        JOIN device ON device.tenant = device_type.tenant AND device.type = device_type.id
                        WHERE device.tenant = ? AND device.id = ?""")
                .params(command, address.tenant().value(), address.device().value())
                .query(String.class)
                .optional()
                .map(schema -> violations(schema, args))
                .orElse(List.of());
        if (!violations.isEmpty()) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    "The device's type has another idea of the arguments of " + command + ".",
                    violations);
        }
    }

    /**
     * What does not fit in the arguments of a command for devices of a type.
     *
     * @param args what the caller gave at {@code /args}; absent, an empty object
     * @return places below {@code /args}; empty if they fit
     */
    public List<Violation> violations(TenantId tenant, String type, String command, @Nullable JsonNode args) {
        Optional<String> schema = jdbc.sql(
                        "SELECT commands -> ? ->> 'args' FROM device_type WHERE tenant = ? AND id = ?")
                .params(command, tenant.value(), type)
                .query(String.class)
                .optional();
        return schema.map(text -> violations(text, args)).orElse(List.of());
    }

    private List<Violation> violations(String schema, @Nullable JsonNode args) {
        return compiled.get(schema, text -> JsonSchema.compile(json.readTree(text)))
                .check(args == null ? JsonNodeFactory.instance.objectNode() : args, "/args");
    }
}
