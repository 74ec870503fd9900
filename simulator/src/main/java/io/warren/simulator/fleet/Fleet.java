package io.warren.simulator.fleet;

import io.warren.simulator.enrollment.Bootstrap;
import io.warren.simulator.enrollment.ClaimedDevice;
import io.warren.simulator.installation.Installation;
import io.warren.simulator.installation.RestApi;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** Devices at work, each on its own, until closed. */
public final class Fleet implements AutoCloseable {

    /** The most devices a fleet may have: each has a real TLS connection. */
    public static final int MOST_DEVICES = 10_000;

    private static final long MILLIS_BETWEEN_STARTS = 20;
    private static final long SECONDS_TO_STOP = 10;

    private final RestApi api;
    private final HttpClient downloads;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<SimulatedDevice> devices;

    private Fleet(
            Installation installation, List<ClaimedDevice> claimed, Duration interval, Faults faults, Clock clock) {
        api = RestApi.forDevices(installation);
        downloads = HttpClient.newBuilder()
                .sslContext(installation.trust().sslContext())
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        Environment environment =
                new Environment(new Bootstrap(api, installation.tenant()), downloads, threads, faults, clock);
        devices = claimed.stream()
                .map(device -> new SimulatedDevice(device, interval, environment))
                .toList();
    }

    /**
     * Switches devices on, one after the other.
     *
     * @param interval between two measurements of a device
     */
    public static Fleet start(
            Installation installation, List<ClaimedDevice> claimed, Duration interval, Faults faults, Clock clock) {
        Fleet fleet = new Fleet(installation, claimed, interval, faults, clock);
        fleet.threads.execute(fleet::switchOn);
        return fleet;
    }

    private void switchOn() {
        try {
            for (SimulatedDevice device : devices) {
                threads.execute(device::live);
                Thread.sleep(MILLIS_BETWEEN_STARTS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Every device, in the order they were given. */
    public List<Vitals> devices() {
        return devices.stream().map(SimulatedDevice::vitals).toList();
    }

    /** How many devices are so. */
    public long count(Predicate<Vitals> condition) {
        return devices().stream().filter(condition).count();
    }

    /** A figure summed over all devices. */
    public long sum(ToLongFunction<Vitals> figure) {
        return devices().stream().mapToLong(figure).sum();
    }

    /** Switches the devices off; their vitals stay. */
    public void switchOff() {
        threads.shutdownNow();
        try {
            // whoever is slower goes with the process
            boolean _ = threads.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        switchOff();
        downloads.shutdownNow();
        api.close();
    }
}
