package io.warren.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "30s, PT30S", "5m, PT5M", "2h, PT2H"})
    void durationsHaveAUnit(String text, Duration duration) {
        assertThat(options("--for", text).duration("--for")).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "s", "-1s", "1d", "1234567s"})
    void anythingElseIsNoDuration(String text) {
        assertThatThrownBy(() -> options("--for", text).duration("--for")).isInstanceOf(UsageException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "11", "many", "99999999999"})
    void countsHaveBounds(String text) {
        assertThatThrownBy(() -> options("--devices", text).count("--devices", 5, 10))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("from 1 to 10");
    }

    @Test
    void whatIsNotGivenHasADefault() {
        assertThat(options().count("--devices", 5, 10)).isEqualTo(5);
        assertThat(options().duration("--for")).isEmpty();
    }

    @Test
    void aValueCannotBeLeftOut() {
        assertThatThrownBy(() -> options("--for")).hasMessage("The option --for needs a value");
    }

    private static Options options(String... arguments) {
        return Options.parse(List.of(arguments), Set.of("--for", "--devices"));
    }
}
