package io.warren.simulator.bench;

import io.warren.simulator.installation.Parallel;
import io.warren.simulator.installation.RestApi;
import io.warren.simulator.mqtt.MqttLogin;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A registered device.
 *
 * @param id its id
 * @param login how it signs in
 */
public record BenchDevice(String id, MqttLogin login) {

    private record Credential(String secret) {}

    /** Registers so many devices, {@code {prefix}-00001} and on, each with a secret. */
    public static List<BenchDevice> register(RestApi api, String tenant, String prefix, int count)
            throws IOException, InterruptedException {
        return Parallel.map(
                IntStream.rangeClosed(1, count)
                        .mapToObj(number -> "%s-%05d".formatted(prefix, number))
                        .toList(),
                id -> {
                    String path = "/api/v1/devices/" + id;
                    api.put(path, Map.of());
                    Credential credential = api.post(path + "/credentials", Map.of("kind", "secret"), Credential.class);
                    String address = id + "@" + tenant;
                    return new BenchDevice(id, new MqttLogin(address, address, credential.secret()));
                });
    }
}
