package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A registry that is killed in the middle of something: it goes on where it was, and nothing is done twice. */
@EndToEnd
class RegistryKillIT {

    private static final String VICTIM = "registry-service";
    private static final int DEVICES = 60;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Script script;
    private final Tenant tenant;

    RegistryKillIT(Platform platform) {
        script = platform.script();
        tenant = platform.newTenant();
    }

    @AfterEach
    void allIsUpAgain() {
        script.succeed("up");
    }

    @Test
    void everyDeviceDoesACommandOfABatchOnce() {
        try (Crew crew = new Crew(tenant, DEVICES)) {
            String job = batch(20);
            await().atMost(PATIENCE).until(() -> crew.done() >= DEVICES / 4);

            script.status().kill(VICTIM);
            script.succeed("up");

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(succeeded(job)).isEqualTo(DEVICES));
            assertEachHasDoneOne(crew);
        }
    }

    @Test
    void anotherReplicaGoesOnWithABatchAtOnce(@TempDir Path directory) throws Exception {
        Path log = Files.createFile(directory.resolve("replica.log"));
        try (Crew crew = new Crew(tenant, DEVICES);
                Replica _ = Replica.of(script.status().get(VICTIM), log)) {
            String job = batch(10);
            await().atMost(PATIENCE).until(() -> crew.done() >= DEVICES / 4);

            script.status().kill(VICTIM);

            await().atMost(PATIENCE).until(() -> crew.done() == DEVICES);
            script.succeed("up");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(succeeded(job)).isEqualTo(DEVICES));
            assertEachHasDoneOne(crew);
        }
    }

    @Test
    void aDeviceIsNeverToldAnOlderStateAfterANewerAndInTheEndTheNewest() {
        try (Crew crew = new Crew(tenant, 1)) {
            Crew.Member member = crew.members().getFirst();
            CompletableFuture<Void> editor = CompletableFuture.runAsync(
                    () -> IntStream.rangeClosed(1, 200).forEach(n -> desire(member.device(), n)));
            await().atMost(PATIENCE).until(() -> member.desiredVersions().size() >= 50);

            script.status().kill(VICTIM);
            script.succeed("up");
            editor.join();

            await().atMost(PATIENCE).until(() -> member.desired().equals("{\"n\":200}"));
            assertThat(member.desiredVersions()).isSorted();
        }
    }

    @Test
    void anImportThatBrokeOffIsSentAgain() {
        int rows = 20_000;
        String body = IntStream.range(0, rows)
                .mapToObj("{\"id\":\"row-%06d\",\"tags\":{\"site\":\"lyon\"}}\n"::formatted)
                .collect(Collectors.joining());
        CompletableFuture<Boolean> broken = CompletableFuture.supplyAsync(() -> !isWhole(body, rows));
        await().atMost(PATIENCE).until(() -> devices("true") > 1_000);

        script.status().kill(VICTIM);
        script.succeed("up");

        assertThat(broken.join()).as("the first answer breaks off").isTrue();
        assertThat(isWhole(body, rows)).isTrue();
        assertThat(devices("device.tags.site == \\\"lyon\\\"")).isEqualTo(rows);
    }

    @Test
    void aChangeOfManyDevicesGoesOnAndChangesEachOnce() {
        int rows = 10_000;
        String body = IntStream.range(0, rows)
                .mapToObj("{\"id\":\"row-%06d\"}\n"::formatted)
                .collect(Collectors.joining());
        assertThat(isWhole(body, rows)).isTrue();
        String job = tenant.rest()
                .post(
                        "/api/v1/devices:update",
                        "{\"filter\": \"true\", \"patch\": {\"tags\": {\"region\": \"south\"}}}")
                .expect(202)
                .header("Location");
        await().atMost(PATIENCE).until(() -> job(job).get("done").intValue() > 500);

        script.status().kill(VICTIM);
        script.succeed("up");

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(job(job).get("state").stringValue()).isEqualTo("finished"));
        assertThat(job(job).at("/counts/updated").intValue()).isEqualTo(rows);
        assertThat(devices("device.tags.region == \\\"south\\\"")).isEqualTo(rows);
    }

    private String batch(int rate) {
        return tenant.rest()
                .post("/api/v1/commands:batch", "{\"name\": \"blink\", \"filter\": \"true\", \"rate\": " + rate + "}")
                .expect(202)
                .header("Location");
    }

    private int succeeded(String job) {
        return job(job).at("/counts/succeeded").asInt(0);
    }

    private JsonNode job(String address) {
        return tenant.rest().get(address).expect(200).json();
    }

    private static void assertEachHasDoneOne(Crew crew) {
        assertThat(crew.members())
                .allSatisfy(member -> assertThat(member.done()).hasSize(1));
    }

    /** Asks again until it is taken, as an integrator would. */
    private void desire(Device device, int n) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> tenant.rest()
                                .patch("/api/v1/devices/" + device.id() + "/state/desired", "{\"n\": " + n + "}")
                                .status()
                        == 200);
    }

    /** Imports; says whether the answer came to its end. */
    private boolean isWhole(String body, int rows) {
        try {
            Answer answer = tenant.rest().post("/api/v1/devices:import", body, "application/x-ndjson");
            return new String(answer.bytes(), StandardCharsets.UTF_8).contains("{\"summary\":{\"rows\":" + rows);
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private int devices(String filter) {
        return tenant.rest()
                .post("/api/v1/devices:query", "{\"filter\": \"" + filter + "\", \"groupBy\": \"device.type\"}")
                .expect(200)
                .json()
                .get("total")
                .intValue();
    }
}
