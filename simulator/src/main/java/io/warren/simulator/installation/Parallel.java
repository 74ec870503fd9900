package io.warren.simulator.installation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many REST calls, some at a time. */
public final class Parallel {

    private static final int AT_ONCE = 8;

    private Parallel() {}

    /** A call for one item. */
    public interface Call<T, R> {
        R on(T item) throws IOException, InterruptedException;
    }

    /** The results in the order of the items; the first failure ends it all. */
    public static <T, R> List<R> map(List<T> items, Call<T, R> call) throws IOException, InterruptedException {
        return map(items, AT_ONCE, call);
    }

    /** The same with so many at a time. */
    public static <T, R> List<R> map(List<T> items, int atOnce, Call<T, R> call)
            throws IOException, InterruptedException {
        ExecutorService threads =
                Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory());
        try {
            List<Future<R>> answers = new ArrayList<>();
            for (T item : items) {
                answers.add(threads.submit((Callable<R>) () -> call.on(item)));
            }
            List<R> results = new ArrayList<>();
            for (Future<R> answer : answers) {
                results.add(answer.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
