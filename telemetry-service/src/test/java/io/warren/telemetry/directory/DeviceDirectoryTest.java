package io.warren.telemetry.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.testing.backing.Backed;
import java.util.List;
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
        directory.update(List.of(news("pump", 1, false)));
        directory.update(List.of(news("pump", 3, true)));
        directory.update(List.of(news("pump", 2, false)));
        assertThat(row("pump")).containsEntry("deleted", true).containsEntry("version", 3L);
    }

    @Test
    void aDeviceThatIsRegisteredAgainExistsAgain() {
        directory.update(List.of(news("valve", 2, true)));
        directory.update(List.of(news("valve", 3, false)));
        assertThat(row("valve")).containsEntry("deleted", false);
    }

    @Test
    void ofWhatIsToldTogetherTheNewestCounts() {
        directory.update(List.of(news("meter", 2, true), news("lamp", 1, false), news("meter", 1, false)));
        assertThat(row("meter")).containsEntry("deleted", true).containsEntry("version", 2L);
        assertThat(row("lamp")).containsEntry("deleted", false);
    }

    private static DeviceNews news(String device, long version, boolean deleted) {
        return new DeviceNews("acme", device, version, deleted, null);
    }

    private Map<String, @Nullable Object> row(String device) {
        return jdbc.queryForMap("SELECT version, deleted FROM device WHERE device = ?", device);
    }
}
