package io.warren.simulator.bench.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.warren.simulator.bench.LatencyFigures;
import io.warren.simulator.bench.Machine;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Map;

/**
 * The result of a run.
 *
 * @param devices that were connected
 * @param rate at which they were to get the command, per second
 * @param answered commands that the registry has as succeeded
 * @param seconds from the first command given to the last answer taken in
 * @param given from when each command was due by the rate until it was given
 * @param latency from when each command was due by the rate until its answer was taken in
 * @param lost devices that were given none, or whose answer is not there
 * @param doubled commands that a device was given twice, or that came to it more than once
 * @param millisPerCommand of processor time, by process
 */
record CommandReport(
        Instant at,
        Machine machine,
        int devices,
        int rate,
        long answered,
        double seconds,
        LatencyFigures given,
        LatencyFigures latency,
        long lost,
        long doubled,
        Map<String, Double> millisPerCommand) {

    @JsonProperty
    double perSecond() {
        return answered / seconds;
    }

    void print(PrintStream out) {
        out.printf(
                "%n%s, %d cores, %d MiB, %s%n", machine.cpu(), machine.cores(), machine.memoryMiB(), machine.system());
        out.printf("Java %s, %s; load before %.2f%n", machine.java(), machine.broker(), machine.loadBefore());
        out.printf("%,d devices connected, one command to each at %,d /s%n%n", devices, rate);
        row(out, "answered", "%,d in %.1f s, %,.0f /s".formatted(answered, seconds, perSecond()));
        row(out, "lost, doubled", "%,d, %,d".formatted(lost, doubled));
        row(out, "due to given", figures(given));
        row(out, "due to answered", figures(latency));
        out.printf("processor time, ms per command%n");
        millisPerCommand.forEach((process, millis) -> out.printf("     %-25s %8.2f%n", process, millis));
        out.println();
    }

    private static String figures(LatencyFigures figures) {
        return "p50 %,d ms, p99 %,d ms, max %,d ms".formatted(figures.p50(), figures.p99(), figures.max());
    }

    private static void row(PrintStream out, String what, String figures) {
        out.printf("%-24s %s%n", what, figures);
    }
}
