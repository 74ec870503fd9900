package io.warren.platform.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.warren.platform.problem.Violation;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonSchemaTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"object\",\"required\":[\"rpm\"]} | {} | /args",
                "{\"properties\":{\"rpm\":{\"type\":\"integer\",\"maximum\":10}}} | {\"rpm\":11} | /args/rpm",
                "{\"items\":{\"$ref\":\"#/$defs/n\"},\"$defs\":{\"n\":{\"type\":\"number\"}}} | [1,\"x\"] | /args/1",
                "{\"properties\":{\"a~/b\":{\"const\":1}}} | {\"a~/b\":2} | /args/a~0~1b",
                "{\"properties\":{\"a\":true},\"unevaluatedProperties\":false} | {\"a\":1,\"b\":2} | /args",
                "{\"pattern\":\"^[a-z]{1,3}$\"} | \"abcd\" | /args",
                "{\"multipleOf\":0.1} | 1e308 | ",
                "{\"minimum\":1} | 1e999 | ",
                "{\"format\":\"ipv4\"} | \"not one\" | ",
            })
    void whatIsNotValidIsPointedAt(String schema, String value, String pointer) {
        assertThat(JsonSchema.violations(json(schema), "")).isEmpty();
        assertThat(JsonSchema.compile(json(schema)).check(json(value), "/args").stream()
                        .map(Violation::pointer))
                .containsExactlyElementsOf(pointer == null ? List.of() : List.of(pointer));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | /s",
                "{\"type\":\"int\"} | /s/type",
                "{\"properties\":[]} | /s/properties",
                "{\"properties\":{\"a\":{\"minimum\":\"1\"}}} | /s/properties/a/minimum",
                "{\"$ref\":\"https://example.com/schema.json\"} | /s/$ref",
                "{\"$ref\":\"file:///etc/passwd\"} | /s/$ref",
                "{\"$ref\":\"#\"} | /s/$ref",
                "{\"$ref\":\"#/$defs/none\"} | /s/$ref",
                "{\"$id\":\"https://example.com/\"} | /s/$id",
                "{\"$schema\":\"http://json-schema.org/draft-07/schema#\"} | /s/$schema",
                "{\"allOf\":[{\"$dynamicRef\":\"#a\"}]} | /s/allOf/0/$dynamicRef",
                "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"items\":{\"$ref\":\"#/$defs/a\"}}}} | /s/$ref/items/$ref",
                "{\"pattern\":\"(a)\\\\1\"} | /s/pattern",
                "{\"pattern\":\"(?=a)\"} | /s/pattern",
                "{\"pattern\":\"((a{1,1000}){1,1000}){1,1000}\"} | /s/pattern",
                "{\"pattern\":\"(\\\\Q)\\\\E(a{1,1000}){1,1000}){1,1000}\"} | /s/pattern",
                "{\"patternProperties\":{\"a/(\":true}} | /s/patternProperties/a~1(",
            })
    void whatCannotBeTrustedIsRefused(String schema, String pointer) {
        assertThat(JsonSchema.violations(json(schema), "/s").stream()
                        .map(Violation::pointer)
                        .distinct())
                .containsExactly(pointer);
    }

    @Test
    void namesOfPropertiesAreNotTakenForKeywords() {
        assertThat(JsonSchema.violations(json("""
                                {"properties":{"$id":{"type":"string"},"pattern":{"const":{"$ref":"x","pattern":"("}}}}"""), "")).isEmpty();
    }

    @Test
    void aSchemaIsBoundedInSizeAndDepth() {
        assertThat(JsonSchema.violations(json("{\"description\":\"" + "x".repeat(70_000) + "\"}"), "/s"))
                .extracting(Violation::pointer)
                .containsExactly("/s");
        assertThat(JsonSchema.violations(json("{\"not\":".repeat(40) + "true" + "}".repeat(40)), "/s"))
                .extracting(Violation::pointer)
                .containsExactly("/s");
    }

    @Test
    void referencesThatMultiplyAreRefused() {
        String definitions = IntStream.range(0, 30)
                .mapToObj(i -> """
                        "d%d":{"allOf":[{"$ref":"#/$defs/d%d"},{"$ref":"#/$defs/d%d"}]}""".formatted(i, i + 1, i + 1))
                .collect(Collectors.joining(","));
        String laughs = "{\"$ref\":\"#/$defs/d0\",\"$defs\":{" + definitions + ",\"d30\":{\"type\":\"string\"}}}";
        assertThat(JsonSchema.violations(json(laughs), "/s"))
                .extracting(Violation::pointer)
                .containsExactly("/s");
    }

    /** Each allowed in itself: together they would fill the memory with errors. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"items\":{\"allOf\":[%s]}}", "{\"anyOf\":[{\"items\":{\"allOf\":[%s]}}]}"})
    void aCheckEndsSoonHoweverMuchThereIsToSay(String form) {
        String parts =
                IntStream.range(0, 900).mapToObj(_ -> "{\"type\":\"string\"}").collect(Collectors.joining(","));
        JsonNode schema = json(form.formatted(parts));
        JsonNode value = json("[" + "1,".repeat(30_000) + "1]");

        assertThat(JsonSchema.violations(schema, "")).isEmpty();
        JsonSchema compiled = JsonSchema.compile(schema);
        assertThat(assertTimeout(Duration.ofSeconds(10), () -> compiled.check(value, "/args")))
                .hasSize(1)
                .allSatisfy(violation -> assertThat(violation.detail()).contains("steps"));
    }

    @Test
    void numbersOfAnyNumberOfDigitsAreNotReckonedWith() {
        JsonMapper exact = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
        JsonSchema schema = JsonSchema.compile(json("{\"items\":{\"multipleOf\":0.01}}"));
        assertThat(schema.check(exact.readTree("[1.5,1e999999999,1e-999999999]"), "/args"))
                .extracting(Violation::pointer)
                .containsExactly("/args/1", "/args/2");
        assertThat(JsonSchema.violations(exact.readTree("{\"multipleOf\":1e-999999999}"), "/s"))
                .extracting(Violation::pointer)
                .containsExactly("/s/multipleOf");
    }

    @Test
    void aPatternThatWouldBacktrackDoesNot() {
        JsonSchema schema = JsonSchema.compile(json("{\"pattern\":\"^(a+)+$\"}"));
        assertThat(schema.check(json("\"" + "a".repeat(60_000) + "!\""), "")).hasSize(1);
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
