package io.warren.testing.backing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Where the PostgreSQL and RabbitMQ servers for tests are: what {@code ./warren backing up} wrote down. */
public final class BackingServers {

    private static final Map<String, String> VALUES = read();

    private BackingServers() {}

    /**
     * A value of the file, for example {@code MQTT_PORT}.
     *
     * @throws IllegalStateException if the servers have not been started
     */
    public static String get(String name) {
        String value = VALUES.get("WARREN_TEST_" + name);
        if (value == null) {
            throw new IllegalStateException(
                    "WARREN_TEST_" + name + " is not known. Start the servers for tests with"
                            + " `./warren backing up` and name the file it prints in WARREN_BACKING_ENV; `./warren test` does both");
        }
        return value;
    }

    /** A port of the file. */
    public static int port(String name) {
        return Integer.parseInt(get(name));
    }

    static String jdbcUrl(String database) {
        return "jdbc:postgresql://" + get("POSTGRES_HOST") + ":" + get("POSTGRES_PORT") + "/" + database;
    }

    private static Map<String, String> read() {
        Map<String, String> values = new HashMap<>(System.getenv());
        String file = values.get("WARREN_BACKING_ENV");
        if (file != null) {
            try {
                for (String line : Files.readAllLines(Path.of(file))) {
                    int equals = line.indexOf('=');
                    if (equals > 0 && !line.startsWith("#")) {
                        values.put(line.substring(0, equals), line.substring(equals + 1));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Map.copyOf(values);
    }
}
