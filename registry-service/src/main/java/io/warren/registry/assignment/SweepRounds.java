package io.warren.registry.assignment;

import io.warren.platform.database.DatabaseAway;
import io.warren.registry.assignment.Sweeps.Sweep;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.stereotype.Component;

/** Goes on with sweeps, page by page. Where it cannot be found out whom a page concerns, all its devices are looked at. */
@Component
class SweepRounds {

    private static final Logger log = LoggerFactory.getLogger(SweepRounds.class);
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Sweeps sweeps;

    SweepRounds(Sweeps sweeps) {
        this.sweeps = sweeps;
    }

    /** Goes through the next page of any of them; answers whether there was one that could go on. */
    boolean next() {
        Optional<Sweep> sweep = sweeps.any();
        return sweep.isPresent() && next(sweep.get());
    }

    private boolean next(Sweep sweep) {
        try {
            return goOn(sweep);
        } catch (UncategorizedSQLException e) {
            if (areOthersAtIt(e)) {
                return false;
            }
            throw e;
        }
    }

    private boolean goOn(Sweep sweep) {
        try {
            return sweeps.goOn(sweep);
        } catch (RuntimeException e) {
            if (DatabaseAway.isCauseOf(e) || areOthersAtIt(e)) {
                throw e;
            }
            log.warn(
                    "For {} of {} all devices after '{}' are looked at: {}",
                    sweep.configuration(),
                    sweep.tenant(),
                    sweep.position(),
                    e.toString());
            return sweeps.goOnWithAll(sweep);
        }
    }

    private static boolean areOthersAtIt(RuntimeException failure) {
        SQLException cause = failure instanceof UncategorizedSQLException sql ? sql.getSQLException() : null;
        return cause != null && LOCK_NOT_AVAILABLE.equals(cause.getSQLState());
    }
}
