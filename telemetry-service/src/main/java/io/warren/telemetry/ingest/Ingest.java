package io.warren.telemetry.ingest;

import io.warren.platform.worker.Worker;
import io.warren.telemetry.broker.PlainConnections;
import io.warren.telemetry.message.MessageReadings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Keeps a session with the broker going: opens another, after a pause, whenever one ends. */
@Component
class Ingest implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Ingest.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** A batch that is being stored is finished, and the broker told so. */
    private static final Duration FAREWELL = Duration.ofSeconds(20);

    private final PlainConnections broker;
    private final IngestProperties properties;
    private final MessageReadings readings;
    private final IngestWork work;
    private final Clock clock;
    private final Worker worker = new Worker(Thread.ofPlatform().name("ingest"));
    private volatile boolean connected;

    Ingest(
            PlainConnections broker,
            IngestProperties properties,
            MessageReadings readings,
            IngestWork work,
            Clock clock) {
        this.broker = broker;
        this.properties = properties;
        this.readings = readings;
        this.work = work;
        this.clock = clock;
    }

    @Override
    public boolean isAutoStartup() {
        return properties.enabled();
    }

    @Override
    public void start() {
        worker.start(this::run);
    }

    @Override
    public void stop() {
        worker.stop(Thread::interrupt, FAREWELL);
    }

    @Override
    public boolean isRunning() {
        return worker.isWanted();
    }

    /** Whether the broker hands out messages to this process, as far as it has shards to give. */
    boolean isConnected() {
        return connected;
    }

    private void run() {
        try {
            while (isRunning()) {
                try {
                    runSession();
                } catch (RuntimeException e) {
                    // a connection that ends while it is being set up says so with exceptions that nobody declares
                    log.warn("Ingest starts over", e);
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            log.debug("Ingest stops");
        }
    }

    private void runSession() throws InterruptedException {
        IngestSession session;
        try {
            session = new IngestSession(broker.open("telemetry-ingest"), properties);
        } catch (IOException | TimeoutException e) {
            log.warn("The broker is away: {}", e.getMessage());
            return;
        }
        try {
            session.start(readings, work, clock);
            connected = true;
            session.awaitEnd();
        } catch (IOException e) {
            log.warn("The broker does not hand out the shards: {}", e.getMessage());
        } finally {
            connected = false;
            session.close();
        }
    }
}
