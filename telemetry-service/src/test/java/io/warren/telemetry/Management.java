package io.warren.telemetry;

import static org.awaitility.Awaitility.await;

import io.warren.testing.backing.BackingServers;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The broker's management, for one virtual host. */
public final class Management {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String virtualHost;

    /** The management of a virtual host. */
    public Management(String virtualHost) {
        this.virtualHost = virtualHost;
    }

    /** How many messages of all shards are with a consumer. */
    public int unacknowledged() {
        int sum = 0;
        for (JsonNode queue : get("/api/queues/" + virtualHost)) {
            sum += queue.path("messages_unacknowledged").asInt(0);
        }
        return sum;
    }

    /** Closes every connection of ingest, of which there must be one; the statistics learn of a new one late. */
    public void closeConnections() {
        List<String> names =
                await().atMost(Duration.ofSeconds(30)).until(this::ingestConnections, found -> !found.isEmpty());
        for (String name : names) {
            call(
                    "DELETE",
                    "/api/connections/"
                            + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
        }
    }

    /** Turns away every connection, until it {@link #letConnect() lets} them come again; those that are there stay. */
    public void refuseConnections() {
        call("PUT", connectionLimit(), "{\"value\":0}");
    }

    /** Lets connections come again. */
    public void letConnect() {
        call("DELETE", connectionLimit());
    }

    private String connectionLimit() {
        return "/api/vhost-limits/" + virtualHost + "/max-connections";
    }

    private List<String> ingestConnections() {
        return get("/api/vhosts/" + virtualHost + "/connections")
                .valueStream()
                .filter(connection ->
                        connection.path("user_provided_name").asString("").equals("telemetry-ingest"))
                .map(connection -> connection.path("name").asString(""))
                .toList();
    }

    private JsonNode get(String path) {
        return JsonMapper.shared().readTree(call("GET", path));
    }

    private static String call(String method, String path) {
        return call(method, path, "");
    }

    private static String call(String method, String path, String body) {
        String credentials = BackingServers.get("RABBITMQ_USER") + ":" + BackingServers.get("RABBITMQ_PASSWORD");
        HttpRequest request = HttpRequest.newBuilder(URI.create(BackingServers.get("RABBITMQ_MANAGEMENT_URL") + path))
                .header("Content-Type", "application/json")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
