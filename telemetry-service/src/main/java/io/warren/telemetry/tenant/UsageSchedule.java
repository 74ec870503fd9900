package io.warren.telemetry.tenant;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** When tenants' usage is told and forgotten. */
@Component
class UsageSchedule {

    private final Usage usage;

    UsageSchedule(Usage usage) {
        this.usage = usage;
    }

    @Scheduled(initialDelay = 60_000, fixedDelay = 60_000)
    void tell() {
        usage.tell();
    }

    @Scheduled(initialDelay = 600_000, fixedDelay = 86_400_000)
    void forget() {
        usage.forget();
    }
}
