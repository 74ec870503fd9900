package io.warren.simulator.bench.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.function.IntFunction;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** The registry's tables, past the registry: a million devices would take it some minutes. */
final class RegistryDatabase implements AutoCloseable {

    private static final int ROWS_AT_A_TIME = 500;

    private final Connection connection;

    /** Connects as the database's administrator, with the variables of {@code backing.env}. */
    RegistryDatabase(Map<String, String> backing) throws IOException {
        Properties properties = new Properties();
        properties.put("user", required(backing, "WARREN_TEST_POSTGRES_USER"));
        properties.put("password", required(backing, "WARREN_TEST_POSTGRES_PASSWORD"));
        properties.put("currentSchema", "registry");
        try {
            connection = DriverManager.getConnection(
                    "jdbc:postgresql://%s:%s/warren"
                            .formatted(
                                    required(backing, "WARREN_TEST_POSTGRES_HOST"),
                                    required(backing, "WARREN_TEST_POSTGRES_PORT")),
                    properties);
        } catch (SQLException e) {
            throw new IOException("The database of the installation cannot be reached", e);
        }
    }

    private static String required(Map<String, String> backing, String name) throws IOException {
        String value = backing.get(name);
        if (value == null) {
            throw new IOException("The script does not say " + name);
        }
        return value;
    }

    /** Makes devices 0 to {@code count - 1}, each with a secret. */
    void make(BenchFleet fleet, int count) throws IOException {
        copy(
                "device (tenant, id, type, name, tags, identifiers, enabled, created_at, version)",
                fleet::deviceRow,
                count);
        // what they refer to is known to be there, and checking takes longer than writing
        execute("SET session_replication_role = replica");
        copy("presence (tenant, device)", fleet::presenceRow, count);
        copy("credential (id, tenant, device, kind, secret_sha256, created_at)", fleet::credentialRow, count);
        execute("SET session_replication_role = origin");
        execute("VACUUM (ANALYZE) device, presence, credential");
        // or it would write them out during what is measured next
        execute("CHECKPOINT");
    }

    /** How many events wait to be published. */
    long waitingEvents() throws IOException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM outbox")) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IOException("The outbox cannot be looked at", e);
        }
    }

    private void copy(String table, IntFunction<String> row, int count) throws IOException {
        try {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + table + " FROM STDIN");
            StringBuilder rows = new StringBuilder();
            for (int number = 0; number < count; number++) {
                rows.append(row.apply(number));
                if (number % ROWS_AT_A_TIME == 0 || number == count - 1) {
                    byte[] bytes = rows.toString().getBytes(UTF_8);
                    copy.writeToCopy(bytes, 0, bytes.length);
                    rows.setLength(0);
                }
            }
            copy.endCopy();
        } catch (SQLException e) {
            throw new IOException("The devices cannot be made", e);
        }
    }

    private void execute(String sql) throws IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IOException("The database refuses: " + sql, e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
