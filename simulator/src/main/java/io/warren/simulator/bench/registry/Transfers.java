package io.warren.simulator.bench.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.warren.simulator.installation.Installation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Imports and exports through the gateway. */
final class Transfers implements AutoCloseable {

    private final Installation installation;
    private final HttpClient http;

    Transfers(Installation installation) {
        this.installation = installation;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(installation.trust().sslContext())
                .build();
    }

    /** Imports new devices; {@link IOException} unless all of them were made. */
    void importNew(BenchFleet fleet, int first, int count) throws IOException, InterruptedException {
        StringBuilder rows = new StringBuilder();
        for (int number = first; number < first + count; number++) {
            rows.append(fleet.importRow(number));
        }
        HttpResponse<InputStream> answer = send(request("import")
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(rows.toString())));
        String last = "{}";
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line;
            }
        }
        JsonNode created = JsonMapper.shared().readTree(last).at("/summary/created");
        if (answer.statusCode() != 200 || created.asInt(0) != count) {
            throw new IOException("The import was answered %d, and ended with %s".formatted(answer.statusCode(), last));
        }
    }

    /** Exports all devices; how many lines that was. */
    long export() throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = send(request("export"));
        byte[] buffer = new byte[64 * 1024];
        long lines = 0;
        try (InputStream body = answer.body()) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    lines += buffer[i] == '\n' ? 1 : 0;
                }
            }
        }
        return lines;
    }

    private HttpRequest.Builder request(String action) {
        return HttpRequest.newBuilder(installation.url().resolve("/api/v1/devices:" + action))
                .header("Authorization", "Bearer " + installation.apiKey());
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofInputStream());
    }

    @Override
    public void close() {
        http.close();
    }
}
