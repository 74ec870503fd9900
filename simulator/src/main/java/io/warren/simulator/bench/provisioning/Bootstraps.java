package io.warren.simulator.bench.provisioning;

import io.warren.simulator.bench.LatencyFigures;
import io.warren.simulator.bench.ProcessorTime;
import io.warren.simulator.bench.Rate;
import io.warren.simulator.bench.Script;
import io.warren.simulator.enrollment.BootstrapDoor;
import io.warren.simulator.enrollment.BootstrapDoor.Answer;
import io.warren.simulator.enrollment.FactoryDevice;
import io.warren.simulator.installation.Parallel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * How fast new devices get in, one after the other behind so many doors.
 *
 * @param rate of those let in
 * @param latency from the first packet of a device's connection to the last of its answer
 * @param turnedAway how many were told to come back later instead
 * @param millisPerBootstrap of processor time, by process
 */
record Bootstraps(Rate rate, LatencyFigures latency, int turnedAway, Map<String, Double> millisPerBootstrap) {

    /** Boots new devices for so long. */
    static Bootstraps measure(
            BootstrapDoor door, IntFunction<FactoryDevice> devices, int atOnce, Duration duration, Script script)
            throws IOException, InterruptedException {
        Map<String, Double> before = ProcessorTime.of(script.processes());
        Duration generator = generator();
        AtomicInteger next = new AtomicInteger();
        AtomicInteger turnedAway = new AtomicInteger();
        long start = System.nanoTime();
        List<Long> millis = Parallel.map(
                        IntStream.range(0, atOnce).boxed().toList(),
                        atOnce,
                        _ -> boot(door, devices, next, turnedAway, start + duration.toNanos()))
                .stream()
                .flatMap(Collection::stream)
                .toList();
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        Rate rate = Rate.of(millis.size(), elapsed, generator().minus(generator));
        return new Bootstraps(
                rate,
                LatencyFigures.of(millis),
                turnedAway.get(),
                each(before, ProcessorTime.of(script.processes()), millis.size()));
    }

    private static List<Long> boot(
            BootstrapDoor door,
            IntFunction<FactoryDevice> devices,
            AtomicInteger next,
            AtomicInteger turnedAway,
            long end)
            throws IOException {
        List<Long> millis = new ArrayList<>();
        while (System.nanoTime() < end) {
            FactoryDevice device = devices.apply(next.getAndIncrement());
            long before = System.nanoTime();
            Answer answer = door.knock(device);
            if (answer.isRegistered()) {
                millis.add(Duration.ofNanos(System.nanoTime() - before).toMillis());
            } else if (answer.isPutOff()) {
                turnedAway.incrementAndGet();
            } else {
                throw new IOException("%s was refused: %s".formatted(device, answer.detail()));
            }
        }
        return millis;
    }

    private static Duration generator() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? Duration.ofNanos(system.getProcessCpuTime())
                : Duration.ZERO;
    }

    private static Map<String, Double> each(Map<String, Double> before, Map<String, Double> after, int count) {
        Map<String, Double> millis = new TreeMap<>();
        after.forEach((process, seconds) ->
                millis.put(process, (seconds - before.getOrDefault(process, 0.0)) * 1_000 / Math.max(1, count)));
        return millis;
    }
}
