package io.warren.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatorTest {

    private static final Map<String, String> NOWHERE = Map.of(
            "WARREN_URL", "http://127.0.0.1:1",
            "WARREN_HTTPS_URL", "http://127.0.0.1:1",
            "WARREN_TENANT", "demo",
            "WARREN_TENANT_API_KEY", "key",
            "WARREN_MQTT_HOST", "127.0.0.1",
            "WARREN_MQTT_PORT", "1");

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void withoutACommandItExplainsItself() {
        assertThat(run(Map.of())).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("demo", "fleet", "bench ingest");
    }

    @Test
    void anUnknownOptionIsNamed() {
        assertThat(run(NOWHERE, "demo", "--speed", "9")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("--speed", "--devices, --for");
    }

    @Test
    void aMissingVariableIsNamed() {
        assertThat(run(Map.of(), "fleet")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("WARREN_URL is not set", "./warren up");
    }

    @Test
    void anInstallationThatIsAwayIsOneClearLine() {
        assertThat(run(NOWHERE, "demo", "--for", "1s")).isEqualTo(1);
        assertThat(err.toString(UTF_8))
                .contains("Nothing answers at http://127.0.0.1:1")
                .hasLineCount(1);
    }

    @Test
    void theBenchmarkRefusesAnotherMachine() {
        Map<String, String> elsewhere = new HashMap<>(NOWHERE);
        elsewhere.put("WARREN_MQTT_HOST", "192.0.2.1");

        assertThat(run(elsewhere, "bench", "commands")).isEqualTo(2);
        assertThat(run(elsewhere, "bench", "registry")).isEqualTo(2);
        assertThat(run(elsewhere, "bench", "ingest")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("loopback only, not on 192.0.2.1");
    }

    private int run(Map<String, String> environment, String... arguments) {
        return Simulator.run(
                List.of(arguments),
                environment,
                new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
                new PrintStream(err, true, UTF_8));
    }
}
