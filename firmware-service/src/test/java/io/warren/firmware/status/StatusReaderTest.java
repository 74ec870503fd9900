package io.warren.firmware.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.warren.platform.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class StatusReaderTest {

    private static final String ID = "6f1e4c9a-0d53-4f7e-9d5e-0a8f3a1c2b4d";

    private final StatusReader reader = new StatusReader(JsonMapper.shared());

    @Test
    void aReportIsReadAndWhatIsUnknownInItPassedOver() {
        assertThat(read("""
                {"deploymentId":"%s","status":"downloading","progress":41.7,"detail":"slow","battery":80}""".formatted(ID)))
                .isEqualTo(new StatusReport(UUID.fromString(ID), DeploymentStatus.DOWNLOADING, 41, "slow"));
    }

    @Test
    void aDetailIsCutAndClearedOfWhatTheDatabaseRefuses() {
        String detail = read("{\"deploymentId\":\"" + ID + "\",\"status\":\"failed\",\"detail\":\"\\u0000"
                        + "x".repeat(5_000) + "\"}")
                .detail();

        assertThat(detail).hasSize(2_000).startsWith(" x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "42",
                "{}",
                "{\"deploymentId\":\"x\",\"status\":\"accepted\"}",
                "{\"deploymentId\":\"" + ID + "\"}",
                "{\"deploymentId\":\"" + ID + "\",\"status\":\"pending\"}",
                "{\"deploymentId\":\"" + ID + "\",\"status\":\"cancelled\"}",
                "{\"deploymentId\":\"" + ID + "\",\"status\":7}",
                "{\"deploymentId\":\"" + ID + "\",\"status\":\"downloading\",\"progress\":101}",
                "{\"deploymentId\":\"" + ID + "\",\"status\":\"downloading\",\"progress\":-1}",
                "{\"deploymentId\":\"" + ID + "\",\"status\":\"downloading\",\"progress\":\"half\"}"
            })
    void whatIsNoReportIsRefused(String body) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> read(body));
    }

    private StatusReport read(String body) {
        return reader.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
