package io.warren.testing.backing;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;

/** A new database with one role and one schema of the same name, as a service has it; dropped on {@link #close()}. */
public final class TestDatabase implements AutoCloseable {

    private final String name =
            "test_" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);

    /** Creates the database. */
    public TestDatabase() {
        administer("postgres", "CREATE ROLE " + name + " LOGIN PASSWORD '" + name + "'", "CREATE DATABASE " + name);
        administer(name, "CREATE SCHEMA " + name + " AUTHORIZATION " + name);
    }

    /** Its JDBC URL. */
    public String url() {
        return BackingServers.jdbcUrl(name);
    }

    /** The name of its role and of its schema, and the role's password. */
    public String username() {
        return name;
    }

    @Override
    public void close() {
        administer("postgres", "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)", "DROP ROLE IF EXISTS " + name);
    }

    private static void administer(String database, String... statements) {
        try (var connection = DriverManager.getConnection(
                        BackingServers.jdbcUrl(database),
                        BackingServers.get("POSTGRES_USER"),
                        BackingServers.get("POSTGRES_PASSWORD"));
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The test database cannot be administered", e);
        }
    }
}
