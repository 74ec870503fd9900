package io.warren.telemetry.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.testing.backing.Backed;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;

@Backed
@SpringBootTest(properties = "warren.ingest.enabled=false")
class DeviceDirectoryTest {

    @Autowired
    DeviceDirectory directory;

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void anOlderEventThatArrivesLateBringsNothingBack() {
        directory.update("acme", "pump", 1, false, null);
        directory.update("acme", "pump", 3, true, null);
        directory.update("acme", "pump", 2, false, null);
        assertThat(row("pump")).containsEntry("deleted", true).containsEntry("version", 3L);
    }

    @Test
    void aDeviceThatIsRegisteredAgainExistsAgain() {
        directory.update("acme", "valve", 2, true, null);
        directory.update("acme", "valve", 3, false, null);
        assertThat(row("valve")).containsEntry("deleted", false);
    }

    private Map<String, @Nullable Object> row(String device) {
        return jdbc.queryForMap("SELECT version, deleted FROM device WHERE device = ?", device);
    }
}
