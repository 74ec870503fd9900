package io.warren.simulator.demo;

import io.warren.simulator.cli.Reason;
import io.warren.simulator.fleet.Fleet;
import io.warren.simulator.fleet.Vitals;
import io.warren.simulator.installation.RestApi;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the integrator does while the devices measure: tells one of them something, and updates another. */
final class Scenario {

    private static final int IMAGE_BYTES = 4 * 1024 * 1024;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Set<String> ENDS = Set.of("succeeded", "failed", "rejected", "cancelled");

    private final RestApi api;
    private final Fleet fleet;
    private final String run;
    private volatile String command = "waits for the devices";
    private volatile String update = "waits for the devices";

    Scenario(RestApi api, Fleet fleet, String run) {
        this.api = api;
        this.fleet = fleet;
        this.run = run;
    }

    private record Command(String state, @Nullable JsonNode result) {}

    private record Artifact(String id) {}

    private record Deployment(String id, String status) {}

    private record Deployments(List<Deployment> items) {}

    /** How the command stands. */
    String command() {
        return command;
    }

    /** How the update stands. */
    String update() {
        return update;
    }

    /** Plays until the update has ended, or until interrupted. */
    void play() {
        try {
            Vitals first = whenOnline(fleet.devices().getFirst());
            try {
                command(first.id());
            } catch (IOException e) {
                command = Reason.of(e);
            }
            Vitals last = whenOnline(fleet.devices().getLast());
            try {
                update(last.id());
            } catch (IOException e) {
                update = Reason.of(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Vitals whenOnline(Vitals device) throws InterruptedException {
        while (!device.isOnline() || device.acknowledged() == 0) {
            Thread.sleep(PAUSE);
        }
        return device;
    }

    private void command(String device) throws IOException, InterruptedException {
        String what = "identify → " + device + ": ";
        command = what + "sent";
        Command answer = api.post(
                "/api/v1/devices/%s/commands?wait=10".formatted(device),
                Map.of("name", "identify", "args", Map.of()),
                Command.class);
        command = what + answer.state() + (answer.result() == null ? "" : " " + answer.result());
    }

    private void update(String device) throws IOException, InterruptedException {
        String version = "2.0.0-" + run;
        String what = version + " → " + device + ": ";
        update = what + "uploading";
        byte[] image = new byte[IMAGE_BYTES];
        new SplittableRandom().nextBytes(image);
        Artifact artifact = api.upload("/api/v1/artifacts?name=demo-%s.bin".formatted(run), image, Artifact.class);
        String release = "/api/v1/releases/demo-" + run;
        api.put(release, Map.of("name", "demo-pump", "version", version, "artifacts", List.of(artifact.id())));
        api.post(release + ":release", Map.of(), JsonNode.class);
        String deployments = "/api/v1/devices/%s/deployments".formatted(device);
        Deployment deployment =
                api.post(deployments, Map.of("release", "demo-" + run, "mode", "forced"), Deployment.class);
        update = what + deployment.status();
        while (!ENDS.contains(deployment.status())) {
            Thread.sleep(PAUSE);
            String id = deployment.id();
            deployment = api.get(deployments, Deployments.class).items().stream()
                    .filter(one -> one.id().equals(id))
                    .findFirst()
                    .orElse(deployment);
            update = what + deployment.status();
        }
    }
}
