package io.warren.provisioning.offlinebundle;

import io.warren.contracts.device.TenantId;
import io.warren.contracts.provisioning.BundleEvent;
import io.warren.contracts.provisioning.EnrollmentEvent;
import io.warren.platform.outbox.Outbox;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes in what a bundle has: all that is allowed to be as it is, in one transaction. */
@Component
class BundleImport {

    private static final Logger log = LoggerFactory.getLogger(BundleImport.class);

    private static final ProblemKind OTHER_TENANT = new ProblemKind(
            "bundle-of-another-tenant", HttpStatus.UNPROCESSABLE_CONTENT, "The bundle is another tenant's");
    private static final ProblemKind CHANGING = new ProblemKind(
            "bundle-conflict", HttpStatus.CONFLICT, "The bundle and something else say different things");

    private final List<BundlePart<?>> parts;
    private final Validator validator;
    private final BundleTrust trust;
    private final Outbox outbox;
    private final Clock clock;

    BundleImport(List<BundlePart<?>> parts, Validator validator, BundleTrust trust, Outbox outbox, Clock clock) {
        this.parts = parts;
        this.validator = validator;
        this.trust = trust;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Takes in a bundle.
     *
     * @param contents of an opened one
     * @param tenant whose it is from now on
     * @param accepted whose it may have been, if not this tenant's
     * @param by who brings it
     * @throws ProblemException if it cannot be read or is another tenant's; nothing is taken in then
     */
    @Transactional
    ImportReport run(byte[] contents, TenantId tenant, @Nullable TenantId accepted, String by) {
        try (ContentsReader in = new ContentsReader(contents)) {
            Preamble preamble = in.preamble();
            if (!validator.validate(preamble).isEmpty()) {
                throw ContentsReader.unreadable("it does not begin like a bundle");
            }
            if (!preamble.tenant().equals(tenant) && !preamble.tenant().equals(accepted)) {
                throw new ProblemException(
                        OTHER_TENANT,
                        "It is a bundle of the tenant " + preamble.tenant()
                                + ". Its devices name that tenant when they register, so they would not be let in here;"
                                + " if they are to be given another name, say so with acceptTenant.");
            }
            return take(in, preamble, new Delivery(tenant, preamble.madeAt()), by);
        } catch (DataIntegrityViolationException e) {
            throw new ProblemException(
                    CHANGING,
                    "It says something twice, or somebody else has changed it at the same moment: try again.");
        }
    }

    private ImportReport take(ContentsReader in, Preamble preamble, Delivery delivery, String by) {
        Map<String, ImportReport.Figures> figures = new LinkedHashMap<>();
        SortedSet<String> deviceTypes = new TreeSet<>();
        int changes = 0;
        for (String name = in.nextPart(); name != null; name = in.nextPart()) {
            Tally tally = take(in, part(name), delivery, deviceTypes);
            figures.put(name, tally.figures());
            changes += tally.changes();
        }
        if (changes > 0) {
            outbox.append(
                    EnrollmentEvent.EXCHANGE,
                    BundleEvent.IMPORTED,
                    new BundleEvent(
                            delivery.tenant().value(),
                            by,
                            delivery.groups().stream()
                                    .limit(ExportRequest.MOST_GROUPS)
                                    .toList(),
                            changes,
                            delivery.madeAt(),
                            clock.instant().truncatedTo(ChronoUnit.MICROS)));
        }
        log.info(
                "Bundle of tenant {}, made at {}, imported for {} by {}: {} changes",
                preamble.tenant(),
                preamble.madeAt(),
                delivery.tenant(),
                by,
                changes);
        return new ImportReport(
                preamble.tenant(),
                preamble.madeAt(),
                figures,
                deviceTypes,
                trust.missing(preamble.roots()),
                preamble.issuers());
    }

    private <R extends BundleRow> Tally take(
            ContentsReader in, BundlePart<R> part, Delivery delivery, Set<String> deviceTypes) {
        Tally tally = new Tally();
        List<R> rows = in.rows(part.type(), BundlePart.AT_ONCE);
        while (!rows.isEmpty()) {
            put(part, delivery, rows, tally);
            rows.stream()
                    .map(BundleRow::namedDeviceType)
                    .filter(each -> each != null)
                    .forEach(deviceTypes::add);
            rows = in.rows(part.type(), BundlePart.AT_ONCE);
        }
        return tally;
    }

    /** Puts those of the rows that keep to what their fields say. */
    private <R extends BundleRow> void put(BundlePart<R> part, Delivery delivery, List<R> rows, Tally tally) {
        List<R> sound = new ArrayList<>();
        for (R row : rows) {
            Set<ConstraintViolation<R>> violations = validator.validate(row);
            if (violations.isEmpty()) {
                sound.add(row);
            } else {
                tally.count(
                        row,
                        Result.refused(new ProblemException(
                                ProblemKind.INVALID,
                                "Some fields are not allowed to be as they are.",
                                violations.stream().map(Violation::at).toList())));
            }
        }
        Iterator<Result> results = part.put(delivery, sound).iterator();
        sound.forEach(row -> tally.count(row, results.next()));
    }

    private BundlePart<?> part(String name) {
        return parts.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ContentsReader.unreadable("it has " + name));
    }
}
