package io.warren.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

class IntegrityTest {

    @Test
    void aConflictIsToldFromAValueThatIsNotTaken() {
        assertThat(Integrity.isDuplicate(violation("23505"))).isTrue();
        assertThat(Integrity.isReference(violation("23503"))).isTrue();
        assertThat(Integrity.isDuplicate(violation("22021"))).isFalse();
        assertThat(Integrity.isReference(violation("22008"))).isFalse();
        assertThat(Integrity.isDuplicate(new DataIntegrityViolationException("not of the database")))
                .isFalse();
    }

    private static DataIntegrityViolationException violation(String state) {
        return new DataIntegrityViolationException("refused", new SQLException("refused", state));
    }
}
