package io.warren.simulator.bench.provisioning;

import io.warren.simulator.bench.Machine;
import java.io.PrintStream;
import java.time.Instant;

/**
 * What the benchmark found.
 *
 * @param at when it began
 * @param withKey bootstraps with a symmetric key, answered with a secret
 * @param withRequest the same with a request for a certificate, answered with one
 * @param outage a fleet that finds the service away
 */
record ProvisioningReport(Instant at, Machine machine, Bootstraps withKey, Bootstraps withRequest, Outage outage) {

    void print(PrintStream out) {
        out.printf(
                "%n%s, %d cores, %d MiB, %s%n", machine.cpu(), machine.cores(), machine.memoryMiB(), machine.system());
        out.printf("Java %s, %s; load before %.2f%n%n", machine.java(), machine.broker(), machine.loadBefore());
        print(out, "symmetric key", withKey);
        print(out, "with a request for a certificate", withRequest);
        out.printf("%,d devices find the service away%n", outage.devices());
        row(
                out,
                "in, refused, doubled",
                "%,d, %,d, %,d".formatted(outage.registered(), outage.refused(), outage.doubled()));
        row(out, "all in after", "%.0f s, %,.0f /s".formatted(outage.seconds(), outage.perSecond()));
        row(
                out,
                "tries of a device",
                "%.1f; turned away %,d times, unheard %,d times"
                        .formatted(outage.triesOfADevice(), outage.turnedAway(), outage.unheard()));
        out.println();
    }

    private static void print(PrintStream out, String what, Bootstraps bootstraps) {
        out.println(what);
        row(
                out,
                "let in",
                "%,d in %.1f s, %,.0f /s; the generator used %.2f cores"
                        .formatted(
                                bootstraps.rate().count(),
                                bootstraps.rate().seconds(),
                                bootstraps.rate().perSecond(),
                                bootstraps.rate().generatorCores()));
        row(
                out,
                "answer",
                "p50 %,d ms, p99 %,d ms, max %,d ms"
                        .formatted(
                                bootstraps.latency().p50(),
                                bootstraps.latency().p99(),
                                bootstraps.latency().max()));
        row(out, "turned away", "%,d".formatted(bootstraps.turnedAway()));
        out.printf("  processor time, ms each%n");
        bootstraps.millisPerBootstrap().forEach((process, millis) -> out.printf("     %-25s %8.2f%n", process, millis));
        out.println();
    }

    private static void row(PrintStream out, String what, String figures) {
        out.printf("  %-24s %s%n", what, figures);
    }
}
