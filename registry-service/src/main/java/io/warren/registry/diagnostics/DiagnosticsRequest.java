package io.warren.registry.diagnostics;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.registry.command.CommandRequest;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a device is asked for.
 *
 * @param args what else the device is told, an object; {@code upload} is the platform's to say
 * @param expiresIn seconds within which the device is to begin to send, up to 30 days; left out, an hour
 * @param maximumBytes how large the bundle may be, up to 50 MiB; left out, that
 */
record DiagnosticsRequest(
        @Nullable JsonNode args,
        @Min(1) @Max(CommandRequest.LONGEST_LIFE) @Nullable Integer expiresIn,

        @Min(1) @Max(DiagnosticsRequest.MOST_BYTES) @Nullable
        Long maximumBytes) {

    static final long MOST_BYTES = 50L * 1024 * 1024;

    /** What is asked for where nothing is said. */
    static final DiagnosticsRequest PLAIN = new DiagnosticsRequest(null, null, null);

    private static final int USUAL_LIFE = 3_600;

    /**
     * The command that says so to the device.
     *
     * @throws ProblemException if the arguments are no object, say what is the platform's to say, or are too large
     */
    CommandRequest command(String name) {
        if (args != null && !args.isNull() && !args.isObject()) {
            throw invalid("/args", "an object");
        }
        if (args != null && args.has(UploadEnclosures.MEMBER)) {
            throw invalid("/args/" + UploadEnclosures.MEMBER, "for the platform to say");
        }
        CommandRequest command = new CommandRequest(name, args, (int) lifetime().toSeconds());
        command.requireSmallArgs();
        return command;
    }

    Duration lifetime() {
        return Duration.ofSeconds(expiresIn == null ? USUAL_LIFE : expiresIn);
    }

    long mostBytes() {
        return maximumBytes == null ? MOST_BYTES : maximumBytes;
    }

    private static ProblemException invalid(String place, String detail) {
        return new ProblemException(
                ProblemKind.INVALID,
                "Some fields are not allowed to be as they are.",
                List.of(new Violation(place, detail)));
    }
}
