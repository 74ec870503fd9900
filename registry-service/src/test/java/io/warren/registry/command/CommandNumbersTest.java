package io.warren.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.testing.backing.TestDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Commands that were given before they had numbers. */
class CommandNumbersTest {

    @Test
    void commandsOfBeforeAreNumberedInTheOrderInWhichTheyWereGiven() {
        try (TestDatabase database = new TestDatabase()) {
            migrate(database, "010");
            JdbcClient jdbc = JdbcClient.create(
                    new DriverManagerDataSource(database.url(), database.username(), database.username()));
            jdbc.sql("INSERT INTO tenant (id, created_at, version) VALUES ('acme', now(), 0)")
                    .update();
            jdbc.sql("""
                            INSERT INTO device (tenant, id, type, tags, identifiers, enabled, created_at, version)
                            VALUES ('acme', 'pump', 'generic', '{}', '{}', true, now(), 0)""").update();
            jdbc.sql("""
                            INSERT INTO command (id, tenant, device, name, state, created_at, expires_at, version)
                            SELECT gen_random_uuid(), 'acme', 'pump', 'c' || age, 'QUEUED', now() - age * interval '1 hour',
                                   now() + interval '1 hour', 0
                            FROM generate_series(1, 3) AS age""").update();

            migrate(database, "011");
            jdbc.sql("""
                            INSERT INTO command (id, tenant, device, name, state, created_at, expires_at, version)
                            VALUES (gen_random_uuid(), 'acme', 'pump', 'new', 'QUEUED', now() - interval '1 day', now(), 0)""").update();
            assertThat(jdbc.sql("SELECT number || ' ' || name FROM command ORDER BY number")
                            .query(String.class)
                            .list())
                    .containsExactly("1 c3", "2 c2", "3 c1", "4 new");
        }
    }

    private static void migrate(TestDatabase database, String target) {
        Flyway.configure()
                .dataSource(database.url(), database.username(), database.username())
                .locations("classpath:db/platform", "classpath:db/migration")
                .defaultSchema(database.username())
                .target(target)
                .load()
                .migrate();
    }
}
