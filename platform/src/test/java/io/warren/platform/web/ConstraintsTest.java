package io.warren.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConstraintsTest {

    private record Request(
            @CleanText @Nullable String text,
            Map<String, @CleanText String> values,
            @FourDigitYear @Nullable Instant time) {}

    @ParameterizedTest
    @ValueSource(strings = {"", "two\nlines\tand a tab", "Zażółć 漢字", "\uD83D\uDE00"})
    void textOfAnyLanguageIsTaken(String text) {
        assertThat(violations(new Request(text, Map.of("key", text), null))).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "a\0b", "line\n\0", "\uD83D", "a\uDE00b", "\uDE00\uD83D"})
    void whatTheDatabaseCannotKeepIsRefused(String text) {
        assertThat(violations(new Request(text, Map.of("key", text), null))).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "0000-01-01T00:00:00Z,0",
        "9999-12-31T23:59:59.999Z,0",
        "+10000-01-01T00:00:00Z,1",
        "+999999-01-01T00:00:00Z,1",
        "-0001-12-31T23:59:59Z,1"
    })
    void timesHaveYearsOfFourDigits(Instant time, int violations) {
        assertThat(violations(new Request(null, Map.of(), time))).isEqualTo(violations);
    }

    private static int violations(Request request) {
        try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
            Validator validator = factory.getValidator();
            return validator.validate(request).size();
        }
    }
}
