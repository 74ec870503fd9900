package io.warren.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warren.platform.problem.ProblemException;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NewestFirstTest {

    private static final Instant CREATED = Instant.parse("2026-11-20T09:00:00Z");

    @Test
    void aListBeginsBehindTheEndOfTime() {
        assertThat(NewestFirst.byName(null).createdAt()).isAfter(CREATED);
    }

    @Test
    void aListGoesOnWhereItsCursorSays() {
        UUID id = UUID.randomUUID();
        assertThat(NewestFirst.byId(Cursor.after(CREATED, id))).isEqualTo(new NewestFirst<>(CREATED, id));
        assertThat(NewestFirst.byName(Cursor.after(CREATED, "pumps"))).isEqualTo(new NewestFirst<>(CREATED, "pumps"));
    }

    @Test
    void aTimeThatNoItemCanHaveIsNoCursor() {
        assertThatThrownBy(() -> NewestFirst.byName(Cursor.after(Instant.MAX, "pumps")))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> NewestFirst.byName(Cursor.after(Instant.MIN, "pumps")))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void whatIsNoTimeOrNoIdIsNoCursor() {
        assertThatThrownBy(() -> NewestFirst.byName(Cursor.after("yesterday", "pumps")))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> NewestFirst.byId(Cursor.after(CREATED, "pumps")))
                .isInstanceOf(ProblemException.class);
    }
}
