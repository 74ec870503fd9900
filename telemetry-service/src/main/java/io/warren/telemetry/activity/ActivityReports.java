package io.warren.telemetry.activity;

import io.warren.contracts.telemetry.ActivityObserved;
import io.warren.contracts.telemetry.ActivityObserved.Activity;
import io.warren.contracts.telemetry.TelemetryEvents;
import io.warren.platform.worker.Worker;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Tells now and then which devices were heard of, in place of a write for every message. It does so as well as it goes, and on
 * purpose without the outbox: what is lost is told again as soon as the device is heard again, and half a minute's truth is not
 * worth a row for each device.
 */
@Component
class ActivityReports implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ActivityReports.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final HeardDevices heard;
    private final RabbitTemplate rabbit;
    private final ActivityProperties properties;
    private final Clock clock;
    private final Worker worker =
            new Worker(Thread.ofPlatform().name("activity").daemon());

    ActivityReports(HeardDevices heard, RabbitTemplate rabbit, ActivityProperties properties, Clock clock) {
        this.heard = heard;
        this.rabbit = rabbit;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public void start() {
        worker.start(this::run);
    }

    @Override
    public void stop() {
        worker.stop(Thread::interrupt, FAREWELL);
        tell();
    }

    @Override
    public boolean isRunning() {
        return worker.isWanted();
    }

    private void run() {
        try {
            while (isRunning()) {
                long end = System.nanoTime() + properties.every().toNanos();
                while (!heard.isFull() && System.nanoTime() < end) {
                    Thread.sleep(LOOK_EVERY);
                }
                tell();
            }
        } catch (InterruptedException e) {
            log.debug("Interrupted");
        }
    }

    private void tell() {
        List<Activity> devices = heard.take();
        try {
            for (int from = 0; from < devices.size(); from += ActivityObserved.MOST_DEVICES) {
                int to = Math.min(devices.size(), from + ActivityObserved.MOST_DEVICES);
                publish(new ActivityObserved(devices.subList(from, to)));
            }
        } catch (AmqpException e) {
            log.debug("Nobody is told which devices were heard of", e);
        }
    }

    private void publish(ActivityObserved activity) {
        rabbit.convertAndSend(TelemetryEvents.EXCHANGE, ActivityObserved.OBSERVED, activity, message -> {
            MessageProperties properties = message.getMessageProperties();
            properties.setMessageId(UUID.randomUUID().toString());
            properties.setType(ActivityObserved.OBSERVED);
            properties.setTimestamp(Date.from(clock.instant()));
            return message;
        });
    }
}
