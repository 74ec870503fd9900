package io.warren.simulator.bench.provisioning;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.warren.simulator.bench.Script;
import io.warren.simulator.boot.Wave;
import io.warren.simulator.enrollment.BootstrapDoor;
import io.warren.simulator.enrollment.FactoryDevice;
import io.warren.simulator.installation.RestApi;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A fleet that finds the service away, and what becomes of it once it is back.
 *
 * @param devices how many want in
 * @param registered how many got in
 * @param refused how many were refused for good
 * @param doubled how many more devices the registry has than got in, or fewer
 * @param turnedAway how often a device was told to come back later
 * @param unheard how often nobody answered a device
 * @param seconds from when the service was back until the last was in
 */
record Outage(int devices, int registered, int refused, long doubled, long turnedAway, long unheard, double seconds) {

    private static final String SERVICE = "provisioning-service";
    private static final Duration SWITCHED_ON_WITHIN = Duration.ofSeconds(30);
    private static final Duration AWAY = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(25);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(20);

    /** Stops the service, switches the devices on, and starts it again after a minute. */
    static Outage of(List<FactoryDevice> devices, BootstrapDoor door, RestApi api, Script script, PrintStream progress)
            throws IOException, InterruptedException {
        script.stop(SERVICE);
        try (Wave wave = Wave.start(devices, door, SWITCHED_ON_WITHIN)) {
            boolean _ = wave.await(AWAY);
            script.start(SERVICE);
            long back = System.nanoTime();
            while (!wave.await(BETWEEN_LINES) && since(back).compareTo(PATIENCE) < 0) {
                progress.printf("%,d of %,d are in%n", wave.registered(), wave.devices());
            }
            Duration took = since(back);
            wave.refusals().forEach((reason, times) -> progress.printf("%,d refused: %s%n", times, reason));
            return new Outage(
                    wave.devices(),
                    wave.registered(),
                    wave.refused(),
                    known(api, devices.getFirst().group()) - wave.registered(),
                    wave.turnedAway(),
                    wave.unheard(),
                    took.toNanos() / 1e9);
        }
    }

    @JsonProperty
    double perSecond() {
        return registered / seconds;
    }

    @JsonProperty
    double triesOfADevice() {
        return (registered + turnedAway + unheard) / (double) Math.max(1, registered);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static long known(RestApi api, String fleet) throws IOException, InterruptedException {
        return api.post(
                        "/api/v1/devices:query",
                        Map.of("filter", "device.tags.fleet == \"%s\"".formatted(fleet), "groupBy", "device.type"),
                        Count.class)
                .total();
    }

    private record Count(long total) {}
}
