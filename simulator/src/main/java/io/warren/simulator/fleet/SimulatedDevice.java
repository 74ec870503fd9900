package io.warren.simulator.fleet;

import io.warren.simulator.cli.Reason;
import io.warren.simulator.enrollment.Backoff;
import io.warren.simulator.enrollment.ClaimedDevice;
import io.warren.simulator.enrollment.Identity;
import io.warren.simulator.installation.RefusedException;
import io.warren.simulator.installation.Trust;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One device's life, on a thread of its own: whatever happens to it, from the network or from its update, is an event that this
 * thread handles between two measurements. While it is offline it keeps measuring, and delivers the backlog afterwards.
 */
final class SimulatedDevice implements FirmwareUpdate.Target {

    private static final String STREAM = "telemetry/env";
    private static final int BATCH = 500;
    private static final int MOST_BACKLOG = 10_000;
    private static final int MOST_EVENTS = 1_000;
    private static final long SHORTEST_DROPOUT_MILLIS = 2_000;
    private static final long LONGEST_DROPOUT_MILLIS = 10_000;
    private static final Duration BOOT_TIME = Duration.ofSeconds(2);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ClaimedDevice device;
    private final Environment environment;
    private final Vitals vitals;
    private final RandomGenerator random;
    private final Signals signals;
    private final Backoff backoff;
    private final Commands commands = new Commands(this);
    private final RecentIds deployments = new RecentIds();
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>(MOST_EVENTS);
    private final List<Measurement> backlog = new ArrayList<>();
    private final Queue<Message> outbox = new ArrayDeque<>();
    private Duration interval;
    private @Nullable Duration absence;

    /** Something to say on a topic below {@code up/}. */
    private record Message(String topic, Object body) {}

    SimulatedDevice(ClaimedDevice device, Duration interval, Environment environment) {
        this.device = device;
        this.interval = interval;
        this.environment = environment;
        this.vitals = new Vitals(device.id());
        this.random = new SplittableRandom(device.id().hashCode());
        this.signals = new Signals(random, environment.faults().spike());
        this.backoff = new Backoff(random);
    }

    Vitals vitals() {
        return vitals;
    }

    /** Lives until interrupted, or until the platform will not have it. */
    void live() {
        try {
            Identity identity = register();
            Trust trust = Trust.inPem(identity.ca());
            vitals.registered();
            while (true) {
                connect(identity, trust);
                beAway(Objects.requireNonNullElseGet(absence, backoff::next));
            }
        } catch (InterruptedException e) {
            vitals.did("switched off");
        } catch (IOException e) {
            vitals.suffered("cannot register: " + Reason.of(e));
        }
    }

    private Identity register() throws IOException, InterruptedException {
        while (true) {
            try {
                return environment.bootstrap().register(device);
            } catch (IOException e) {
                if (e instanceof RefusedException refusal && refusal.isFinal()) {
                    throw e;
                }
                vitals.did("cannot register yet: " + Reason.of(e));
            }
            Thread.sleep(backoff.next());
        }
    }

    private void connect(Identity identity, Trust trust) throws InterruptedException {
        absence = null;
        try (Session session = Session.open(identity, trust, this::receive)) {
            vitals.online(true);
            backoff.reset();
            session.publish("firmware/next/boot", Map.of());
            work(session);
        } catch (IOException e) {
            vitals.suffered("lost the broker: " + Reason.of(e));
        } finally {
            vitals.online(false);
        }
    }

    private void work(Session session) throws IOException, InterruptedException {
        while (session.isOpen() && absence == null) {
            measure();
            deliver(session);
            handleEvents(session);
            if (Faults.strikes(environment.faults().dropout(), random)) {
                absence = Duration.ofMillis(random.nextLong(SHORTEST_DROPOUT_MILLIS, LONGEST_DROPOUT_MILLIS));
                vitals.suffered("lost the network for %d s".formatted(absence.toSeconds()));
            }
        }
    }

    private void handleEvents(Session session) throws IOException, InterruptedException {
        long end = System.nanoTime() + interval.toNanos();
        while (absence == null) {
            Runnable event = events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (event == null) {
                return;
            }
            event.run();
            deliver(session);
        }
    }

    private void measure() {
        if (backlog.size() == MOST_BACKLOG) {
            backlog.removeFirst();
        }
        Instant now = environment.clock().instant();
        backlog.add(new Measurement(now.toString(), vitals.nextMeasurement(), signals.measure(now)));
    }

    private void deliver(Session session) throws IOException, InterruptedException {
        while (!backlog.isEmpty()) {
            List<Measurement> batch = backlog.subList(0, Math.min(BATCH, backlog.size()));
            session.publish(STREAM, batch.size() == 1 ? batch.getFirst() : batch);
            vitals.acknowledged(batch.size());
            batch.clear();
        }
        for (Message message = outbox.peek(); message != null; message = outbox.peek()) {
            session.publish(message.topic(), message.body());
            outbox.remove();
        }
    }

    private void beAway(Duration duration) throws InterruptedException {
        Instant end = environment.clock().instant().plus(duration);
        for (Duration left = duration;
                left.isPositive();
                left = Duration.between(environment.clock().instant(), end)) {
            measure();
            Thread.sleep(left.compareTo(interval) < 0 ? left : interval);
        }
    }

    private void receive(String topic, byte[] body) {
        // what does not fit any more is lost: the platform sends commands and jobs again
        boolean _ = events.offer(() -> handle(topic, body));
    }

    private void handle(String topic, byte[] body) {
        String[] levels = topic.split("/", -1);
        try {
            JsonNode json = JSON.readTree(body);
            if (levels[0].equals("commands") && levels.length == 3) {
                vitals.did("was told to " + levels[2]);
                commands.obey(levels[1], levels[2], json.path("args"));
            } else if (levels[0].equals("firmware")) {
                update(JSON.treeToValue(json, FirmwareJob.class));
            } else if (levels[0].equals("errors")) {
                vitals.suffered(
                        "was refused: " + json.path("problem").path("detail").asString("without a reason"));
            }
        } catch (JacksonException e) {
            vitals.suffered("could not read what came on " + topic);
        }
    }

    private void update(FirmwareJob job) {
        if (job.isUpdate() && deployments.add(Objects.requireNonNull(job.deploymentId()))) {
            FirmwareUpdate update =
                    new FirmwareUpdate(environment.downloads(), environment.faults(), new SplittableRandom());
            environment.threads().execute(() -> update.carryOut(job, this));
        }
    }

    @Override
    public void report(FirmwareStatus status) {
        afterwards(() -> {
            vitals.did(
                    "update: " + status.status() + (status.progress() == null ? "" : " " + status.progress() + " %"));
            say("firmware/status", status);
        });
    }

    @Override
    public void reboot(String version) {
        afterwards(() -> {
            vitals.runs(version);
            restart();
        });
    }

    /** Has this done on the device's own thread; when it restarts, then after that. */
    void afterwards(Runnable event) {
        boolean _ = events.offer(event);
    }

    /** Sends this to the platform as soon as it can be reached. */
    void say(String topic, Object body) {
        outbox.add(new Message(topic, body));
    }

    Map<String, ?> describe() {
        return Map.of("id", device.id(), "firmware", vitals.firmware(), "measurements", vitals.measured());
    }

    /** Sends what it knows of itself, beside its other work; the answer follows on its own thread. */
    void diagnose(String url, Consumer<CommandAnswer> answer) {
        Map<String, ?> state = describe();
        environment.threads().execute(() -> {
            try {
                CommandAnswer sent = new Diagnostics(environment.downloads()).send(url, state);
                afterwards(() -> answer.accept(sent));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    void measureEvery(Duration newInterval) {
        interval = newInterval;
    }

    void restart() {
        absence = BOOT_TIME;
    }
}
