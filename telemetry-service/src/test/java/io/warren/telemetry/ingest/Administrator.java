package io.warren.telemetry.ingest;

import io.warren.testing.backing.BackingServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Somebody with power over the database server. */
final class Administrator implements AutoCloseable {

    private final Connection connection;

    Administrator() {
        try {
            connection = DriverManager.getConnection(
                    "jdbc:postgresql://" + BackingServers.get("POSTGRES_HOST") + ":"
                            + BackingServers.port("POSTGRES_PORT") + "/postgres",
                    BackingServers.get("POSTGRES_USER"),
                    BackingServers.get("POSTGRES_PASSWORD"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void execute(String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
