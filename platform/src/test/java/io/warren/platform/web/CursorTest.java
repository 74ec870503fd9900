package io.warren.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.warren.platform.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Test
    void readsBackWhatItGaveOut() {
        Cursor cursor = Cursor.after("pump-17", 42);
        assertThat(Cursor.decode(cursor.encode(), 2)).isEqualTo(cursor);
    }

    @Test
    void noCursorIsTheBeginning() {
        assertThat(Cursor.decode(null, 1)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "YQpi", "\u0000"})
    void whatItDidNotGiveOutIsRefused(String text) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> Cursor.decode(text, 1));
    }

    @Test
    void aPageGoesOnOnlyWhenThereIsMore() {
        Page<String> full = Page.of(List.of("a", "b", "c"), 2, Cursor::after);
        assertThat(full.items()).containsExactly("a", "b");
        assertThat(full.next()).isEqualTo(Cursor.after("b").encode());
        assertThat(Page.of(List.of("a", "b"), 2, Cursor::after).next()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 501})
    void limitsAreBounded(int limit) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> Cursor.limit(limit));
    }

    @Test
    void anEntityTagThatIsNotTheNewestIsStale() {
        EntityTags.check(null, 7);
        EntityTags.check("*", 7);
        EntityTags.check("\"6\", \"7\"", 7);
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> EntityTags.check("\"6\"", 7));
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> EntityTags.check("W/\"7\"", 7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "\"0\"", "\"7\""})
    void nothingMatchesWhatIsNotThere(String ifMatch) {
        EntityTags.check(null, Optional.empty());
        EntityTags.check("*", Optional.of(7L));
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> EntityTags.check(ifMatch, Optional.empty()));
    }
}
