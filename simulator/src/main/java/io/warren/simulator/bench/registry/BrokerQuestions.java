package io.warren.simulator.bench.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.SplittableRandom;

/** What the broker asks the registry when a device signs in, asked as the broker does. */
final class BrokerQuestions implements ResponseTimes.Question, AutoCloseable {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address;
    private final BenchFleet fleet;
    private final int devices;

    BrokerQuestions(String registryPort, BenchFleet fleet, int devices) {
        this.address = URI.create("http://127.0.0.1:" + registryPort + "/broker/user");
        this.fleet = fleet;
        this.devices = devices;
    }

    @Override
    public void ask(SplittableRandom chance) throws IOException, InterruptedException {
        int number = chance.nextInt(devices);
        String name = URLEncoder.encode(fleet.id(number) + "@" + fleet.tenant(), UTF_8);
        String form = "username=%s&client_id=%s&password=%s&vhost=%%2F".formatted(name, name, fleet.secret(number));
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
        if (!answer.body().equals("allow")) {
            throw new IOException("The registry turned %s away: %s".formatted(fleet.id(number), answer.body()));
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
