package io.warren.telemetry.reading;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets a few read at a time: readers leave connections of the pool to those who store. */
@Component
public class ReadingTurns {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration WAIT = Duration.ofSeconds(3);
    private static final int MOST_AT_ONCE = 5;

    /** Rows that come from the database at a time: one can be as large as a message, and a page of them too large. */
    private static final int ROWS_AT_A_TIME = 20;

    private final Semaphore turns = new Semaphore(MOST_AT_ONCE, true);
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    ReadingTurns(DataSource dataSource, PlatformTransactionManager transactions) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.jdbc.setQueryTimeout((int) PATIENCE.toSeconds());
        this.jdbc.setFetchSize(ROWS_AT_A_TIME);
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setReadOnly(true);
    }

    /**
     * Reads in a transaction, outside which the database would send all rows at once; it takes a connection, so the turn is first.
     *
     * @throws ProblemException if too many others read
     */
    public <T> T take(Function<JdbcTemplate, T> reading) {
        boolean admitted = false;
        try {
            admitted = turns.tryAcquire(WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!admitted) {
            throw new ProblemException(
                    ProblemKind.UNAVAILABLE, "Too many questions about history are being answered.", WAIT);
        }
        try {
            return Objects.requireNonNull(transaction.execute(_ -> reading.apply(jdbc)));
        } finally {
            turns.release();
        }
    }
}
