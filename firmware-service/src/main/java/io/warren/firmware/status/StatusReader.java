package io.warren.firmware.status;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the body of {@code up/firmware/status}, and says what is wrong with it in words that help. */
@Component
public class StatusReader {

    private static final int MOST_DETAIL = 2_000;

    private final JsonMapper json;

    StatusReader(JsonMapper json) {
        this.json = json;
    }

    /**
     * Reads a body; what it does not know in it is passed over.
     *
     * @throws ProblemException if it is no status that a device may tell
     */
    public StatusReport read(byte[] body) {
        JsonNode report;
        try {
            report = json.readTree(body);
        } catch (JacksonException e) {
            throw new ProblemException(ProblemKind.MALFORMED, "The body is not JSON.");
        }
        if (report == null || !report.isObject()) {
            throw new ProblemException(ProblemKind.MALFORMED, "The body is not a JSON object.");
        }
        return new StatusReport(deployment(report), status(report), progress(report), detail(report));
    }

    private static UUID deployment(JsonNode report) {
        try {
            return UUID.fromString(report.path("deploymentId").asString(""));
        } catch (IllegalArgumentException e) {
            throw invalid("/deploymentId", "the deploymentId of the job");
        }
    }

    private static DeploymentStatus status(JsonNode report) {
        return DeploymentStatus.fromDevice(report.path("status").asString(""))
                .orElseThrow(() -> invalid(
                        "/status",
                        "accepted, downloading, downloaded, installing, rebooting, succeeded, failed or rejected"));
    }

    private static @Nullable Integer progress(JsonNode report) {
        JsonNode progress = report.path("progress");
        if (progress.isMissingNode() || progress.isNull()) {
            return null;
        }
        double percent = progress.isNumber() ? progress.doubleValue() : -1;
        if (!(percent >= 0 && percent <= 100)) {
            throw invalid("/progress", "0 to 100");
        }
        return (int) percent;
    }

    private static @Nullable String detail(JsonNode report) {
        JsonNode detail = report.path("detail");
        if (detail.isMissingNode() || detail.isNull()) {
            return null;
        }
        // the database takes no zero byte in a text
        String text = (detail.isString() ? detail.stringValue() : detail.toString()).replace('\0', ' ');
        return text.length() <= MOST_DETAIL ? text : text.substring(0, MOST_DETAIL);
    }

    private static ProblemException invalid(String pointer, String detail) {
        return new ProblemException(
                ProblemKind.INVALID, "The status cannot be understood.", List.of(new Violation(pointer, detail)));
    }
}
