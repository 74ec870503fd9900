package io.warren.registry.usage;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.platform.security.Caller;
import io.warren.registry.tenant.Account;
import io.warren.registry.tenant.Tenants;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the caller's tenant uses, and may use. */
@RestController
class UsageController {

    private static final int USUAL_DAYS = 30;
    private static final int MOST_DAYS = 400;
    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(9999, 12, 31);

    private final DailyUsage usage;
    private final Tenants tenants;
    private final Clock clock;

    UsageController(DailyUsage usage, Tenants tenants, Clock clock) {
        this.usage = usage;
        this.tenants = tenants;
        this.clock = clock;
    }

    @GetMapping("/api/v1/usage")
    UsageReport usage(
            Caller caller,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to) {
        if (isOutside(from) || isOutside(to)) {
            throw invalid(isOutside(from) ? "from" : "to", "between " + EARLIEST + " and " + LATEST);
        }
        LocalDate last = to == null ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) : to;
        LocalDate first = from == null ? last.minusDays(USUAL_DAYS - 1) : from;
        if (first.isAfter(last) || ChronoUnit.DAYS.between(first, last) >= MOST_DAYS) {
            throw invalid("from", "at most " + (MOST_DAYS - 1) + " days before \"to\", not after it");
        }
        return new UsageReport(tenants.account(caller.requireTenant()), usage.of(caller.requireTenant(), first, last));
    }

    private static boolean isOutside(@Nullable LocalDate day) {
        return day != null && (day.isBefore(EARLIEST) || day.isAfter(LATEST));
    }

    private static ProblemException invalid(String parameter, String detail) {
        return new ProblemException(
                ProblemKind.INVALID,
                "A parameter is not allowed to be as it is.",
                List.of(new Violation(parameter, detail)));
    }

    /**
     * What a tenant uses.
     *
     * @param now what it uses now, and may use
     * @param days what its devices sent on each day on which they sent something, the oldest first
     */
    record UsageReport(Account now, List<DailyUsage.Day> days) {}
}
