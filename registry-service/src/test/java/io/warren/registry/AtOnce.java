package io.warren.registry;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Several things at once: the broker takes three seconds over each refusal, so tests wait for many of them together. */
public final class AtOnce {

    private AtOnce() {}

    /** Does them all, each in a thread of its own; fails if one of them does. */
    public static void run(Runnable... things) {
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture.allOf(Arrays.stream(things)
                            .map(thing -> CompletableFuture.runAsync(thing, each))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
    }
}
