package io.warren.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;

class DatabaseAwayTest {

    @ParameterizedTest
    @ValueSource(strings = {"08000", "08006", "53300", "53400", "57014", "57P01", "57P03"})
    void theDatabaseSaysSoItselfHoweverThatIsWrapped(String state) {
        assertThat(DatabaseAway.isCauseOf(wrapped(state))).isTrue();
        assertThat(Unstorable.reason(wrapped(state))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22021", "22P05", "22003", "23505", "42P01"})
    void otherFailuresStay(String state) {
        assertThat(DatabaseAway.isCauseOf(wrapped(state))).isFalse();
    }

    @Test
    void springAndThePoolSaySo() {
        assertThat(DatabaseAway.isCauseOf(new DataAccessResourceFailureException("gone")))
                .isTrue();
        assertThat(DatabaseAway.isCauseOf(new QueryTimeoutException("slow"))).isTrue();
        assertThat(DatabaseAway.isCauseOf(
                        new IllegalStateException(new SQLTransientConnectionException("no connection"))))
                .isTrue();
        assertThat(DatabaseAway.isCauseOf(new DataIntegrityViolationException("twice")))
                .isFalse();
        assertThat(DatabaseAway.isCauseOf(new IllegalStateException(new SQLException("no state"))))
                .isFalse();
    }

    @Test
    void aValueThatCannotBeKeptIsTold() {
        assertThat(Unstorable.reason(wrapped("22021")))
                .hasValueSatisfying(reason -> assertThat(reason).contains("U+0000"));
        assertThat(Unstorable.reason(wrapped("22003"))).isPresent();
        assertThat(Unstorable.reason(wrapped("23505"))).isEmpty();
        assertThat(Unstorable.reason(new SQLException("no state"))).isEmpty();
    }

    /** As from an ORM that does not know the code. */
    private static Throwable wrapped(String state) {
        return new IllegalStateException(new IllegalStateException(new SQLException("inside", state)));
    }
}
