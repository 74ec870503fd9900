package io.warren.platform.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FormulaGuardTest {

    private static final List<String> LETTERS = List.of("'", "=", "+", "-", "@", "\t", "\r", "a");

    @Test
    void everyTextComesBackAsItWasAndNoneBeginsAsAFormula() {
        Stream.iterate(List.of(""), FormulaGuardTest::longer)
                .limit(5)
                .flatMap(List::stream)
                .forEach(text -> {
                    assertThat(FormulaGuard.unguard(FormulaGuard.guard(text))).isEqualTo(text);
                    assertThat(FormulaGuard.guard(text)).doesNotContainPattern("^[=+@\\t\\r-]");
                });
    }

    @Test
    void whatAPersonWroteStaysAsItIs() {
        assertThat(FormulaGuard.unguard("'tis")).isEqualTo("'tis");
        assertThat(FormulaGuard.unguard("=1+1")).isEqualTo("=1+1");
    }

    private static List<String> longer(List<String> texts) {
        return texts.stream()
                .flatMap(text -> LETTERS.stream().map(text::concat))
                .toList();
    }
}
