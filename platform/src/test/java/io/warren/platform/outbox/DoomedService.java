package io.warren.platform.outbox;

import io.warren.platform.PlatformTestApplication;
import java.util.stream.IntStream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** A service in a process of its own: it commits some events in one transaction and lives until it is killed. */
final class DoomedService {

    static final int EVENTS = 50;

    private DoomedService() {}

    /** An event by its place in the order. */
    record Happened(int number) {}

    public static void main(String[] arguments) {
        ConfigurableApplicationContext context =
                new SpringApplicationBuilder(PlatformTestApplication.class).run(arguments);
        Outbox outbox = context.getBean(Outbox.class);
        context.getBean(TransactionTemplate.class)
                .executeWithoutResult(_ -> IntStream.range(0, EVENTS).forEach(number -> append(outbox, number)));
    }

    static void append(Outbox outbox, int number) {
        outbox.append("registry.events", "device.happened.v1", new Happened(number));
    }
}
