package io.warren.testing.backing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A new virtual host with the exchanges, queues and policies of {@code deploy/rabbitmq}; deleted on {@link #close()}. */
public final class TestVirtualHost implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** HTTP/1.1, because the management API hangs up on an offer to upgrade that comes with a body. */
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String name = "test-" + UUID.randomUUID();

    /** Creates the virtual host. */
    public TestVirtualHost() {
        call("PUT", "/api/vhosts/" + name, "{}", Set.of(201));
        call("POST", "/api/definitions/" + name, topology().toString(), Set.of(200, 204));
    }

    /** Its name. */
    public String name() {
        return name;
    }

    @Override
    public void close() {
        call("DELETE", "/api/vhosts/" + name, "", Set.of(204, 404));
    }

    /** The platform's topology, as a virtual host takes it: the broker's own events arrive in the default one only. */
    private static ObjectNode topology() {
        ObjectNode topology = (ObjectNode) JSON.readTree(Path.of(BackingServers.get("TOPOLOGY")));
        topology.remove("vhosts");
        ArrayNode bindings = JSON.createArrayNode();
        for (JsonNode binding : topology.get("bindings")) {
            if (!binding.get("source").stringValue().equals("amq.rabbitmq.event")) {
                bindings.add(binding);
            }
        }
        topology.set("bindings", bindings);
        for (JsonNode section : topology) {
            section.forEach(element -> ((ObjectNode) element).remove("vhost"));
        }
        return topology;
    }

    private static void call(String method, String path, String body, Set<Integer> expected) {
        String credentials = BackingServers.get("RABBITMQ_USER") + ":" + BackingServers.get("RABBITMQ_PASSWORD");
        HttpRequest request = HttpRequest.newBuilder(URI.create(BackingServers.get("RABBITMQ_MANAGEMENT_URL") + path))
                .header("Content-Type", "application/json")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .method(method, BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            if (!expected.contains(response.statusCode())) {
                throw new IllegalStateException(
                        method + " " + path + ": " + response.statusCode() + " " + response.body());
            }
        } catch (IOException e) {
            throw new IllegalStateException("The broker cannot be administered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
