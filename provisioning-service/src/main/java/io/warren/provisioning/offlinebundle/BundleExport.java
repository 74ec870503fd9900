package io.warren.provisioning.offlinebundle;

import io.warren.contracts.provisioning.BundleEvent;
import io.warren.contracts.provisioning.EnrollmentEvent;
import io.warren.platform.outbox.Outbox;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Collects what leaves in a bundle, as it is at one moment. */
@Component
class BundleExport {

    private static final Logger log = LoggerFactory.getLogger(BundleExport.class);

    private final List<BundlePart<?>> parts;
    private final BundleTrust trust;
    private final Outbox outbox;
    private final Clock clock;

    BundleExport(List<BundlePart<?>> parts, BundleTrust trust, Outbox outbox, Clock clock) {
        this.parts = parts;
        this.trust = trust;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Collects; all secrets are for everybody to read in what comes of it.
     *
     * @param by who asks
     * @throws ProblemException if nothing is asked for or something is not there, or it is too much
     */
    @Transactional(isolation = Isolation.REPEATABLE_READ)
    byte[] collect(Selection selection, String by) {
        if (selection.groups().isEmpty() && selection.enrollments().isEmpty()) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    "A bundle of nothing is of no use.",
                    List.of(new Violation("/groups", "some groups or some enrollments")));
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Preamble preamble = new Preamble(Preamble.FORMAT, selection.tenant(), now, trust.roots(), trust.issuers());
        try (ContentsWriter contents = new ContentsWriter(preamble)) {
            for (BundlePart<?> part : parts) {
                contents.begin(part.name());
                part.take(selection, contents::row);
                contents.end();
            }
            outbox.append(
                    EnrollmentEvent.EXCHANGE,
                    BundleEvent.EXPORTED,
                    new BundleEvent(selection.tenant().value(), by, selection.groups(), contents.rows(), now, now));
            log.info(
                    "Bundle of tenant {} exported by {}: groups {}, {} rows",
                    selection.tenant(),
                    by,
                    selection.groups(),
                    contents.rows());
            return contents.contents();
        }
    }
}
