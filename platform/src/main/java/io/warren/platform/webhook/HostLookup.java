package io.warren.platform.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks names of hosts up on threads of its own. While it waits for a name server a virtual thread keeps its carrier, of which there
 * is one for each core: a tenant whose name server does not answer would hold up all that the service does.
 */
final class HostLookup {

    private static final int MOST_AT_ONCE = 64;
    private static final int IDLE_SECONDS = 30;
    private static final int PATIENCE_SECONDS = 5;

    private static final ExecutorService THREADS = new ThreadPoolExecutor(
            0,
            MOST_AT_ONCE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("host-lookup-", 0).factory());

    private HostLookup() {}

    /**
     * The addresses of a host.
     *
     * @throws UnknownHostException if there are none, or none are found in time
     */
    static InetAddress[] of(String host) throws UnknownHostException {
        try {
            Future<InetAddress[]> lookup = THREADS.submit(() -> InetAddress.getAllByName(host));
            return lookup.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw new IllegalStateException(e);
        } catch (TimeoutException | RejectedExecutionException e) {
            throw new UnknownHostException(host);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException(host);
        }
    }
}
