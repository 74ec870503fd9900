package io.warren.registry.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

class DocumentsTest {

    /** The examples of RFC 7396, appendix A, that begin with an object and end with one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":\"b\"} | {\"a\":\"c\"} | {\"a\":\"c\"}",
                "{\"a\":\"b\"} | {\"b\":\"c\"} | {\"a\":\"b\",\"b\":\"c\"}",
                "{\"a\":\"b\"} | {\"a\":null} | {}",
                "{\"a\":\"b\",\"b\":\"c\"} | {\"a\":null} | {\"b\":\"c\"}",
                "{\"a\":[\"b\"]} | {\"a\":\"c\"} | {\"a\":\"c\"}",
                "{\"a\":\"c\"} | {\"a\":[\"b\"]} | {\"a\":[\"b\"]}",
                "{\"a\":{\"b\":\"c\"}} | {\"a\":{\"b\":\"d\",\"c\":null}} | {\"a\":{\"b\":\"d\"}}",
                "{\"a\":[{\"b\":\"c\"}]} | {\"a\":[1]} | {\"a\":[1]}",
                "{} | {\"a\":{\"bb\":{\"ccc\":null}}} | {\"a\":{\"bb\":{}}}"
            })
    void aPatchDoesWhatTheStandardSays(String document, String patch, String changed) {
        assertThat(Documents.write(Documents.patched(json(document), json(patch))))
                .isEqualTo(changed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1} | {\"a\":1,\"b\":2} | {}",
                "{\"a\":1} | {\"a\":1.0} | {}",
                "{\"a\":{\"b\":1,\"c\":2}} | {\"a\":{\"b\":1}} | {\"a\":{\"c\":2}}",
                "{\"a\":[1,2]} | {\"a\":[1,2,3]} | {\"a\":[1,2]}",
                "{\"a\":[1.0]} | {\"a\":[1]} | {}",
                "{\"a\":{}} | {\"a\":7} | {\"a\":{}}",
                "{\"a\":1} | {\"a\":\"1\"} | {\"a\":1}",
                "{} | {\"a\":1} | {}"
            })
    void whatIsMissingIsWhatIsWantedAndNotThere(String wanted, String document, String missing) {
        assertThat(Documents.write(Documents.missing(json(wanted), json(document))))
                .isEqualTo(missing);
    }

    @Test
    void aDifferenceNamesNoMoreThanDiffers() {
        ObjectNode from = json("{\"same\":1,\"gone\":2,\"inside\":{\"same\":1,\"gone\":2,\"other\":3}}");
        ObjectNode to = json("{\"same\":1.0,\"new\":2,\"inside\":{\"same\":1,\"other\":[null]}}");
        assertThat(Documents.difference(from, to))
                .isEqualTo(json("{\"new\":2,\"gone\":null,\"inside\":{\"gone\":null,\"other\":[null]}}"));
    }

    @Test
    void numbersKeepTheirDigits() {
        assertThat(Documents.write(json("{\"a\":1.50,\"b\":1e3,\"c\":123456789012345678901234567890}")))
                .isEqualTo("{\"a\":1.50,\"b\":1000,\"c\":123456789012345678901234567890}");
    }

    @Test
    void aNameTwiceAndWhatComesAfterTheEndAreRefused() {
        assertThatThrownBy(() -> Documents.read("{\"a\":1,\"a\":2}")).isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> Documents.read("{} {}")).isInstanceOf(JacksonException.class);
    }

    private static ObjectNode json(String text) {
        return Documents.readDocument(text);
    }
}
