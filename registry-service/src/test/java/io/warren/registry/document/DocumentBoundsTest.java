package io.warren.registry.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentBoundsTest {

    @Test
    void aDocumentHasAtMost32KiB() {
        int around = "{\"a\":\"\"}".length();
        check("{\"a\":\"" + "x".repeat(32 * 1024 - around) + "\"}");
        assertThat(refusal("{\"a\":\"" + "x".repeat(32 * 1024 - around + 1) + "\"}")
                        .kind()
                        .status()
                        .value())
                .isEqualTo(413);
        assertThat(refusal("{\"a\":[" + "1e99,".repeat(400) + "1]}").kind().name())
                .as("numbers count with all their digits")
                .isEqualTo("document-too-large");
    }

    @Test
    void aDocumentHasAtMost16Levels() {
        assertThatCode(() -> check(nested(16))).doesNotThrowAnyException();
        Violation violation = refusal(nested(17)).violations().getFirst();
        assertThat(violation.pointer()).isEqualTo("/a".repeat(16));
        assertThat(refusal("{\"a\":" + "[".repeat(16) + "]".repeat(16) + "}").violations())
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a/b\":{\"~\":[1,\"x\\u0000\"]}} | /a~1b/~0/1",
                "{\"a\":\"\\ud800\"} | /a",
                "{\"a\":{\"\\u0000\":1}} | /a",
                "{\"a\":1e101} | /a",
                "{\"a\":1e-101} | /a",
                "{\"a\":1e-2000000000} | /a"
            })
    void whatCannotBeKeptIsRefusedWhereItStands(String document, String pointer) {
        assertThat(refusal(document).violations().getFirst().pointer()).isEqualTo(pointer);
    }

    private static String nested(int levels) {
        return "{\"a\":".repeat(levels - 1) + "{}" + "}".repeat(levels - 1);
    }

    private static ProblemException refusal(String document) {
        return catchThrowableOfType(ProblemException.class, () -> check(document));
    }

    private static void check(String document) {
        DocumentBounds.check(Documents.readDocument(document));
    }
}
