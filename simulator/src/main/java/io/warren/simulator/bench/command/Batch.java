package io.warren.simulator.bench.command;

import io.warren.simulator.installation.RestApi;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One command to every device of the tenant, from the order to the last answer. */
final class Batch {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final int PAGE = 500;

    private final RestApi api;
    private final String id;

    private Batch(RestApi api, String id) {
        this.api = api;
        this.id = id;
    }

    static Batch start(RestApi api, int rate) throws IOException, InterruptedException {
        Map<String, Object> order = Map.of("name", "identify", "filter", "true", "rate", rate, "expiresIn", 600);
        return new Batch(
                api, api.post("/api/v1/commands:batch", order, Job.class).id());
    }

    /** Waits until so many devices have succeeded; answers with what the counts are then, or when the patience is over. */
    Map<String, Long> await(int devices, Duration patience) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        Map<String, Long> counts;
        do {
            Thread.sleep(BETWEEN_LOOKS);
            counts = api.get("/api/v1/jobs/" + id, Job.class).counts();
        } while (counts.getOrDefault("succeeded", 0L) < devices && System.nanoTime() < deadline);
        return counts;
    }

    /** Its commands in the order in which they were given. */
    List<Command> commands() throws IOException, InterruptedException {
        List<Command> all = new ArrayList<>();
        String next = "";
        while (next != null) {
            Page page = api.get("/api/v1/commands?batch=%s&limit=%d&cursor=%s".formatted(id, PAGE, next), Page.class);
            all.addAll(page.items());
            next = page.next();
        }
        return all;
    }

    private record Job(String id, Map<String, Long> counts) {}

    private record Page(List<Command> items, @Nullable String next) {}

    /** A command as the registry has it. */
    record Command(
            String id,
            String device,
            String state,
            Instant createdAt,
            @Nullable Instant finishedAt) {}
}
