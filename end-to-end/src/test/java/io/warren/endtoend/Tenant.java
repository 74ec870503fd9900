package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * A tenant of a test.
 *
 * @param rest the REST API with the key of the tenant's administrator
 */
record Tenant(Platform platform, String name, Rest rest) {

    /** The most items that a page of a list has. */
    private static final int PAGE = 500;

    /** A new device with a secret. */
    Device newDevice() {
        return newDevice("d-" + UUID.randomUUID().toString().substring(0, 13));
    }

    /** A new device with this id and a secret. */
    Device newDevice(String id) {
        rest.put("/api/v1/devices/" + id, "{}").expect(201);
        return new Device(platform, name, id, newSecret(id));
    }

    /** One more secret of a device. */
    String newSecret(String device) {
        return rest.post("/api/v1/devices/" + device + "/credentials", "{\"kind\": \"secret\"}")
                .expect(201)
                .text("/secret");
    }

    /** The REST API of this tenant with a new key of another role. */
    Rest as(String role) {
        String key = rest.post("/api/v1/api-keys", "{\"name\": \"" + role + "\", \"role\": \"" + role + "\"}")
                .expect(201)
                .text("/key");
        return rest.withKey(key);
    }

    /** Everything that is stored of a device's stream, in the order in which it is told, page by page. */
    List<Measurement> history(Device device, String stream) {
        return everyPage("/api/v1/devices/" + device.id() + "/telemetry?stream=" + stream).stream()
                .map(Measurement::of)
                .toList();
    }

    /** Everything that was refused of a device, newest first. */
    List<JsonNode> rejected(Device device) {
        return everyPage("/api/v1/telemetry/rejected?device=" + device.id());
    }

    /** What the registry says of a device. */
    JsonNode describe(Device device) {
        return rest.get("/api/v1/devices/" + device.id()).expect(200).json();
    }

    private List<JsonNode> everyPage(String path) {
        List<JsonNode> items = new ArrayList<>();
        String next = "";
        do {
            String cursor = next.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
            JsonNode page =
                    rest.get(path + "&limit=" + PAGE + cursor).expect(200).json();
            JsonNode found = page.get("items");
            assertThat(found.size()).isLessThanOrEqualTo(PAGE);
            found.forEach(items::add);
            next = page.path("next").asString("");
        } while (!next.isEmpty());
        return items;
    }
}
