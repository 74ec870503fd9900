package io.warren.simulator.bench.registry;

import io.warren.simulator.bench.Machine;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Map;

/**
 * What the benchmark found.
 *
 * @param at when it began
 * @param devices how many there were
 * @param setUpSeconds how long it took to make them
 * @param responses how long answers took
 * @param importPerSecond rows of an import by the time until its last line was read
 * @param microsecondsPerRow how long processes had a processor meanwhile, for each row
 * @param eventsPerSecond of the same import's events, by the time until the broker had taken the last
 * @param exportPerSecond devices of an export by the time until its last line was read
 */
record RegistryReport(
        Instant at,
        Machine machine,
        int devices,
        double setUpSeconds,
        Map<String, ResponseTimes> responses,
        double importPerSecond,
        Map<String, Double> microsecondsPerRow,
        double eventsPerSecond,
        double exportPerSecond) {

    void print(PrintStream out) {
        out.printf("%nThe registry with %,d devices, made in %.0f s%n%n", devices, setUpSeconds);
        out.printf("%-32s %10s %10s %10s %10s%n", "answers, ms", "p50", "p99", "max", "samples");
        responses.forEach((what, times) -> out.printf(
                "%-32s %10.2f %10.2f %10.2f %,10d%n", what, times.p50(), times.p99(), times.max(), times.samples()));
        out.println();
        out.printf("%-32s %,10.0f /s%n", "import, new devices", importPerSecond);
        out.printf("%-32s %,10.0f /s%n", "  their events, published", eventsPerSecond);
        microsecondsPerRow.forEach(
                (process, microseconds) -> out.printf("%-32s %,10.0f µs a row%n", "    " + process, microseconds));
        out.printf("%-32s %,10.0f /s%n", "export", exportPerSecond);
        out.println();
    }
}
