package io.warren.simulator.bench.ingest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.warren.simulator.bench.LatencyFigures;
import io.warren.simulator.bench.Machine;
import io.warren.simulator.bench.Memory;
import io.warren.simulator.bench.Rate;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;

/**
 * The result of a run.
 *
 * @param connections that published, each with {@code window} messages in flight at most
 * @param ceiling what the broker alone took in (a)
 * @param acknowledged what it took in while the platform was reading
 * @param endToEnd from the first message sent to the last one readable (b)
 * @param refused messages the broker did not take charge of
 * @param lost messages acknowledged but not stored
 * @param pacedPerSecond the rate at which the latency was measured, half of (b)
 * @param latency from publishing to readable (c)
 * @param firstConnects signing in for the first time (d)
 * @param laterConnects signing in again
 * @param memory of each process while (c) was measured (e)
 */
record Report(
        Instant at,
        Machine machine,
        int connections,
        int window,
        Rate ceiling,
        Rate acknowledged,
        Rate endToEnd,
        long refused,
        long lost,
        Completeness completeness,
        double pacedPerSecond,
        LatencyFigures latency,
        Rate firstConnects,
        Rate laterConnects,
        List<Memory> memory) {

    /** What the platform makes of the broker, b/a. */
    @JsonProperty
    double ratio() {
        return endToEnd.perSecond() / ceiling.perSecond();
    }

    void print(PrintStream out) {
        out.printf(
                "%n%s, %d cores, %d MiB, %s%n", machine.cpu(), machine.cores(), machine.memoryMiB(), machine.system());
        out.printf("Java %s, %s; load before %.2f%n", machine.java(), machine.broker(), machine.loadBefore());
        out.printf("%,d connections, window %d, QoS 1, three-key JSON with ts and seq%n%n", connections, window);
        row(out, "a  broker alone, nobody reading", "%,.0f /s".formatted(ceiling.perSecond()));
        row(out, "   acknowledged while read", "%,.0f /s".formatted(acknowledged.perSecond()));
        row(out, "b  acknowledged to readable", "%,.0f /s".formatted(endToEnd.perSecond()));
        row(out, "   ratio b/a", "%.2f".formatted(ratio()));
        row(
                out,
                "   of %,d acknowledged".formatted(acknowledged.count()),
                "%,d stored, %,d lost, %,d doubled, %,d out of order; %,d refused"
                        .formatted(
                                completeness.stored(),
                                lost,
                                completeness.doubled(),
                                completeness.disordered(),
                                refused));
        row(
                out,
                "c  publish to readable at %,.0f /s".formatted(pacedPerSecond),
                "p50 %,d ms, p99 %,d ms, max %,d ms (%,d samples)"
                        .formatted(latency.p50(), latency.p99(), latency.max(), latency.samples()));
        row(
                out,
                "d  authenticated connects",
                "%,.0f /s the first time, %,.0f /s again (%,d devices)"
                        .formatted(firstConnects.perSecond(), laterConnects.perSecond(), firstConnects.count()));
        row(
                out,
                "   cores used by the generator",
                "%.2f in a, %.2f in b".formatted(ceiling.generatorCores(), acknowledged.generatorCores()));
        out.printf("e  memory, MiB %28s %14s%n", "resident", "with children");
        memory.forEach(each ->
                out.printf("     %-25s %12d %14d%n", each.process(), each.residentMiB(), each.withChildrenMiB()));
        out.println();
    }

    private static void row(PrintStream out, String what, String figures) {
        out.printf("%-36s %s%n", what, figures);
    }
}
