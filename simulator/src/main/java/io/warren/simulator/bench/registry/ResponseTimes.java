package io.warren.simulator.bench.registry;

import io.warren.simulator.installation.Parallel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How long answers take, in milliseconds.
 *
 * @param samples how many were looked at
 */
record ResponseTimes(int samples, double p50, double p99, double max) {

    /** So few that they wait for the service rather than for each other, on two cores. */
    private static final int AT_ONCE = 2;

    /** A question, with chance to ask for something else each time. */
    interface Question {
        void ask(SplittableRandom chance) throws IOException, InterruptedException;
    }

    /** Asks for so long without looking, then so often. */
    static ResponseTimes of(Question question, Duration warmUp, int samples) throws IOException, InterruptedException {
        Parallel.map(callers(), caller -> {
            SplittableRandom chance = new SplittableRandom(caller);
            long end = System.nanoTime() + warmUp.toNanos();
            while (System.nanoTime() < end) {
                question.ask(chance);
            }
            return caller;
        });
        long[] nanos = Parallel.map(callers(), caller -> times(question, caller + AT_ONCE, samples / AT_ONCE)).stream()
                .flatMapToLong(LongStream::of)
                .sorted()
                .toArray();
        return new ResponseTimes(nanos.length, percentile(nanos, 50), percentile(nanos, 99), percentile(nanos, 100));
    }

    private static List<Integer> callers() {
        return IntStream.range(0, AT_ONCE).boxed().toList();
    }

    private static long[] times(Question question, int seed, int count) throws IOException, InterruptedException {
        SplittableRandom chance = new SplittableRandom(seed);
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            long before = System.nanoTime();
            question.ask(chance);
            nanos[i] = System.nanoTime() - before;
        }
        return nanos;
    }

    /** The nearest-rank percentile, to a hundredth of a millisecond. */
    private static double percentile(long[] sortedNanos, int percent) {
        return Math.round(sortedNanos[(sortedNanos.length * percent + 99) / 100 - 1] / 1e4) / 1e2;
    }
}
