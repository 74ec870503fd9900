package io.warren.registry.diagnostics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets bundles that were asked for long ago, and leaves nothing behind of uploads that nobody brings to an end any more. */
@Component
class DiagnosticsHousekeeping {

    /** So few that their bytes are deleted within seconds. */
    private static final int BATCH = 20;

    /** An upload ends itself when its time is over, if whoever takes it in lives. */
    private static final Duration ENDS_ITSELF = Duration.ofMinutes(2);

    private final Bundles bundles;
    private final Uploads uploads;
    private final DiagnosticsProperties properties;
    private final Clock clock;

    DiagnosticsHousekeeping(Bundles bundles, Uploads uploads, DiagnosticsProperties properties, Clock clock) {
        this.bundles = bundles;
        this.uploads = uploads;
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 300_000, initialDelay = 60_000)
    void tidy() {
        Instant now = clock.instant();
        List<Uploads.Started> abandoned;
        do {
            abandoned = uploads.begunBefore(now.minus(properties.uploadWithin()).minus(ENDS_ITSELF), BATCH);
            abandoned.forEach(upload -> uploads.abandon(upload.bundle(), upload.upload()));
        } while (abandoned.size() == BATCH);
        int forgotten;
        do {
            forgotten = bundles.forgetBefore(now.minus(properties.history()), BATCH);
        } while (forgotten == BATCH);
    }
}
