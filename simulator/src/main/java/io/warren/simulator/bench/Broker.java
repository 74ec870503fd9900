package io.warren.simulator.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The broker's management API, for what only its operator may do. */
public final class Broker implements AutoCloseable {

    private static final String SHARDS = "telemetry.shard.";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final String authorization;

    /** Reads where it is from the variables of {@code backing.env}. */
    public Broker(Map<String, String> backing) {
        base = URI.create(Objects.requireNonNull(backing.get("WARREN_TEST_RABBITMQ_MANAGEMENT_URL")));
        String user = backing.get("WARREN_TEST_RABBITMQ_USER") + ":" + backing.get("WARREN_TEST_RABBITMQ_PASSWORD");
        authorization = "Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8));
    }

    private record Queue(String name) {}

    private record Overview(
            @Nullable String rabbitmq_version, @Nullable String erlang_version) {}

    /** Throws away all telemetry that waits for its service. */
    public void purgeShards() throws IOException, InterruptedException {
        for (Queue queue : JsonMapper.shared().readValue(send("GET", "/api/queues/%2F"), Queue[].class)) {
            if (queue.name().startsWith(SHARDS)) {
                send("DELETE", "/api/queues/%2F/" + queue.name() + "/contents");
            }
        }
    }

    /** Which release it is, on which Erlang. */
    public String version() throws IOException, InterruptedException {
        Overview overview = JsonMapper.shared().readValue(send("GET", "/api/overview"), Overview.class);
        return "RabbitMQ %s, Erlang %s".formatted(overview.rabbitmq_version(), overview.erlang_version());
    }

    private String send(String method, String path) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(base.resolve(path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .timeout(Duration.ofSeconds(30))
                        .header("Authorization", authorization)
                        .build(),
                BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException("The broker answered %s %s with %d".formatted(method, path, response.statusCode()));
        }
        return response.body();
    }

    @Override
    public void close() {
        http.close();
    }
}
