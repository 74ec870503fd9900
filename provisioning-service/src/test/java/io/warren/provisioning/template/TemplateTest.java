package io.warren.provisioning.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import io.warren.platform.problem.Violation;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TemplateTest {

    private static final JsonNode FACTS = json("""
            {"registrationId":"pump-17","identifiers":{"serial":"A-1742","empty":""},"hardwareVersion":null,
             "certificate":{"subject":{"ou":"Lyon"},"san":{"dns":["a.example","b.example"]},"serial":7,"ca":true}}""");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "plain;plain",
                "${registrationId};pump-17",
                "${certificate.subject.ou}/${identifiers.serial};Lyon/A-1742",
                "${certificate.san.dns.1};b.example",
                "${certificate.serial} ${certificate.ca};7 true",
                "${identifiers.mac|none};none",
                "${identifiers.mac|};''",
                "${identifiers.serial|none};A-1742",
                "${identifiers.empty|none};''",
                "${hardwareVersion|A};A",
                "${certificate.subject|whole};whole",
                "${registrationId.below|none};none",
                "${certificate.san.dns.7|none};none",
                "${identifiers.mac|a|b};a|b",
                "costs $5 {really};costs $5 {really}",
                "$${registrationId};${registrationId}",
                "a$${b}${registrationId};a${b}pump-17",
                "${registrationId}$${x};pump-17${x}",
            })
    void aPlaceIsFilledFromTheTree(String template, String result) {
        assertThat(Template.parse(template).render(FACTS)).isEqualTo(result);
    }

    @Test
    void whatIsFilledInIsNotReadAgain() {
        assertThat(Template.parse("${a}").render(json("{\"a\":\"${b}\",\"b\":\"secret\"}")))
                .isEqualTo("${b}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "pump-${identifiers.mac};there is no identifiers.mac, at column 6",
                "${certificate.subject};there is no certificate.subject, at column 1",
                "${hardwareVersion};there is no hardwareVersion, at column 1"
            })
    void aPlaceForWhichThereIsNothingIsTold(String template, String message) {
        assertThatExceptionOfType(TemplateProblem.class)
                .isThrownBy(() -> Template.parse(template).render(FACTS))
                .withMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a${;2",
                "${a};0",
                "${};1",
                "x${a b};2",
                "${a..b};1",
                "${.a};1",
                "${a.};1",
                "${a[0]};1",
                "${a}${|b};5",
                "${a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q};1"
            })
    void aTemplateHasAForm(String template, int column) {
        if (column == 0) {
            assertThat(Template.parse(template)).isNotNull();
        } else {
            assertThatExceptionOfType(TemplateProblem.class)
                    .isThrownBy(() -> Template.parse(template))
                    .extracting(TemplateProblem::column)
                    .isEqualTo(column);
        }
    }

    @Test
    void everythingHasABound() {
        String seventeen = "${a}".repeat(Template.MOST_PLACES + 1);
        String tooLong = "x".repeat(Template.MAX_LENGTH + 1);
        assertThatExceptionOfType(TemplateProblem.class).isThrownBy(() -> Template.parse(seventeen));
        assertThatExceptionOfType(TemplateProblem.class).isThrownBy(() -> Template.parse(tooLong));
        JsonNode large = json("{\"a\":\"" + "x".repeat(Template.LONGEST_RESULT) + "\"}");
        assertThat(Template.parse("${a}").render(large)).hasSize(Template.LONGEST_RESULT);
        assertThatExceptionOfType(TemplateProblem.class)
                .isThrownBy(() -> Template.parse("${a}${a}").render(large));
    }

    @Test
    void everyTextOfATreeIsFilledAndNothingElseIsTouched() {
        JsonNode state = json("""
                {"site":"${certificate.subject.ou}","interval":60,"on":true,"none":null,"serials":["${identifiers.serial}",1]}""");
        assertThat(TemplatedTree.render(state, FACTS, "/state")).isEqualTo(json("""
                        {"site":"Lyon","interval":60,"on":true,"none":null,"serials":["A-1742",1]}"""));
        assertThat(TemplatedTree.render(Map.of("site", "${certificate.subject.ou}"), FACTS, "/tags"))
                .isEqualTo(Map.of("site", "Lyon"));
    }

    @Test
    void whatIsWrongInATreeIsToldWithItsPlace() {
        JsonNode state = json("{\"a/b\":{\"c\":[\"fine\",\"no ${good\"]},\"d\":\"a\\nb ${}\"}");
        assertThat(TemplatedTree.violations(state, "/state"))
                .extracting(Violation::pointer, violation -> violation.position())
                .containsExactly(
                        tuple("/state/a~1b/c/1", new Violation.Position(1, 4, 3)),
                        tuple("/state/d", new Violation.Position(2, 3, 4)));
        assertThat(TemplatedTree.violations(Map.of("site", "${"), "/tags"))
                .extracting(Violation::pointer)
                .containsExactly("/tags/site");
        assertThatExceptionOfType(TemplateProblem.class)
                .isThrownBy(() -> TemplatedTree.render(json("{\"x\":[\"${nowhere}\"]}"), FACTS, "/state"))
                .withMessage("/state/x/0: there is no nowhere, at column 1");
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
