package io.warren.simulator.enrollment;

import io.warren.simulator.installation.Parallel;
import io.warren.simulator.installation.RestApi;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The integrator's part of a device's bootstrap: each device gets an enrolment with a claim token of its own. */
public final class Enrollments {

    private record Enrollment(String claimToken) {}

    private Enrollments() {}

    /** Enrols so many devices, {@code {prefix}-001} and on. */
    public static List<ClaimedDevice> create(RestApi api, String prefix, int count)
            throws IOException, InterruptedException {
        Map<String, ?> request = Map.of("attestation", Map.of("kind", "claim-token"), "tags", Map.of("fleet", prefix));
        List<Integer> numbers = IntStream.rangeClosed(1, count).boxed().toList();
        return Parallel.map(
                numbers,
                number -> new ClaimedDevice(
                        "%s-%03d".formatted(prefix, number),
                        api.post("/api/v1/enrollments", request, Enrollment.class)
                                .claimToken()));
    }
}
