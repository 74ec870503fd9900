package io.warren.registry.usage;

import io.warren.contracts.telemetry.UsageEvent;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.stereotype.Component;

/** Hears what the telemetry service counts. Counts only grow, so one that comes again or late changes nothing. */
@Component
class UsageListener {

    private final DailyUsage usage;

    UsageListener(DailyUsage usage) {
        this.usage = usage;
    }

    @RabbitListener(queues = "registry.usage")
    void on(UsageEvent counted) {
        usage.update(counted);
    }
}
