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

    private record Address(@HttpsUrl String url) {}

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

    @ParameterizedTest
    @CsvSource({
        "https://example.com,0",
        "https://example.com:8443/hook?a=b,0",
        "HTTPS://192.0.2.17/,0",
        "http://example.com,1",
        "https:///path,1",
        "https://user@example.com,1",
        "https://example.com/#part,1",
        "https://exa mple.com,1",
        "example.com,1"
    })
    void anAddressIsOfHttps(String url, int violations) {
        assertThat(violations(new Address(url))).isEqualTo(violations);
    }

    private static int violations(Record request) {
        try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
            Validator validator = factory.getValidator();
            return validator.validate(request).size();
        }
    }
}
