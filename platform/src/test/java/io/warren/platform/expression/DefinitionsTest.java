package io.warren.platform.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.vocabulary.DeviceVocabulary;
import io.warren.platform.vocabulary.SqlNames;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class DefinitionsTest {

    private static final String GROUPS = "device.groups";
    private static final ExpressionLanguage LANGUAGE = new ExpressionLanguage(DeviceVocabulary.NAMES);
    private static final SqlNames COLUMNS = SqlNames.of(
            DeviceVocabulary.NAMES,
            DeviceVocabulary.NAMES.names().stream().collect(Collectors.toMap(name -> name, _ -> "x")));
    private static final Facts PUMP = new Facts(
            (ObjectNode)
                    JsonMapper.shared()
                            .readTree(
                                    "{\"device\":{\"id\":\"pump\",\"tags\":{\"site\":\"lyon\"},\"groups\":[\"old\",\"lyon\"]}}"),
            Instant.EPOCH);

    @Test
    void theListHasWhatIsDefinedExactlyWhereThatIsTrue() {
        Definitions definitions = Definitions.of(
                GROUPS,
                Map.of(
                        "all", LANGUAGE.compile("'lyon' in device.groups && 'old' in device.groups", "filter"),
                        "lyon", LANGUAGE.compile("device.tags.site == 'lyon'", "filter"),
                        "paris", LANGUAGE.compile("device.tags.site == 'paris'", "filter")),
                "filter");

        assertThat(definitions.in(PUMP).texts(GROUPS)).containsExactly("all", "lyon", "old");
        assertThat(PUMP.texts(GROUPS)).containsExactly("old", "lyon");
        assertThat(Definitions.of(GROUPS, Map.of("lyon", LANGUAGE.compile("false", "filter")), "filter")
                        .in(PUMP)
                        .texts(GROUPS))
                .containsExactly("old");
    }

    @Test
    void whatAnExpressionAsksForCountsAsItsOwn() {
        Definitions definitions = Definitions.of(
                GROUPS,
                Map.of(
                        "outer", LANGUAGE.compile("'inner' in device.groups || 'list' in device.groups", "filter"),
                        "inner", LANGUAGE.compile("device.lastSeenAt < now", "filter")),
                "filter");
        Expression asking = LANGUAGE.compile("!('outer' in device.groups)", "filter");

        assertThat(definitions.names(asking)).containsExactlyInAnyOrder(GROUPS, "device.lastSeenAt");
        assertThat(definitions.dependOnTime(asking)).isTrue();
        assertThat(definitions.asks(asking, "list")).isTrue();
        assertThat(definitions.asks(asking, "else")).isFalse();
    }

    @Test
    void noneLeadsBackToItself() {
        refused(Map.of("a", "'a' in device.groups"), "a would lead back to itself: a, a");
        refused(
                Map.of(
                        "a",
                        "'b' in device.groups",
                        "b",
                        "!('c' in device.groups)",
                        "c",
                        "'a' in device.groups || true"),
                "a would lead back to itself: a, b, c, a");
    }

    @Test
    void thereIsABoundToHowManyAskOneForTheOther() {
        Map<String, String> chain = new HashMap<>();
        for (int at = 0; at < Definitions.DEEPEST; at++) {
            chain.put("g" + at, "'g" + (at + 1) + "' in device.groups");
        }
        assertThat(Definitions.of(GROUPS, compiled(chain), "filter").in(PUMP)).isNotNull();
        chain.put("g" + Definitions.DEEPEST, "true");
        refused(chain, "more than 8 would ask one for the other, from g0 on");
        Map<String, String> otherOrder = chain.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> inverse(entry.getKey()),
                        entry -> Pattern.compile("g\\d")
                                .matcher(entry.getValue())
                                .replaceAll(name -> inverse(name.group()))));
        refused(otherOrder, "more than 8 would ask one for the other, from h8 on");
        assertThat(Definitions.kept(GROUPS, compiled(chain), "filter").in(PUMP).texts(GROUPS))
                .contains("g0", "g8");
    }

    private static String inverse(String name) {
        return "h" + (Definitions.DEEPEST - Integer.parseInt(name.substring(1)));
    }

    @Test
    void thereIsABoundToWhatAsksForThem() {
        String candidates = "device.tags.site in ["
                + IntStream.range(0, 500).mapToObj(at -> "'" + at + "'").collect(Collectors.joining(",")) + "]";
        Definitions definitions = Definitions.of(GROUPS, compiled(Map.of("many", candidates)), "filter");
        assertThat(asking(19).sql(COLUMNS, definitions, Instant.EPOCH).parameters())
                .isNotEmpty();
        assertThatThrownBy(() -> asking(20).sql(COLUMNS, definitions, Instant.EPOCH))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem ->
                                assertThat(problem.getMessage()).contains("more than 10000 conditions and candidates"));
    }

    private static Expression asking(int times) {
        return LANGUAGE.compile(
                IntStream.range(0, times)
                        .mapToObj(at -> "'many' in device.groups || device.id == '" + at + "'")
                        .collect(Collectors.joining(" || ")),
                "filter");
    }

    @Test
    void thereIsABoundToHowLargeTheyAreWrittenOut() {
        String ten = IntStream.range(0, 10)
                .mapToObj(at -> "device.tags.t" + at + " == 'x'")
                .collect(Collectors.joining(" || "));
        String tenTimes =
                IntStream.range(0, 10).mapToObj(_ -> "'ten' in device.groups").collect(Collectors.joining(" || "));
        Map<String, String> many = new HashMap<>(Map.of("ten", ten, "hundred", tenTimes));
        assertThat(Definitions.of(GROUPS, compiled(many), "filter").in(PUMP)).isNotNull();
        many.put("more", "'hundred' in device.groups || device.connected");
        refused(many, "more would have more than 100 conditions");
    }

    private static void refused(Map<String, String> definitions, String detail) {
        assertThatThrownBy(() -> Definitions.of(GROUPS, compiled(definitions), "/filter"))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.violations().getFirst().pointer()).isEqualTo("/filter");
                    assertThat(problem.violations().getFirst().detail()).startsWith(detail);
                });
    }

    private static Map<String, Expression> compiled(Map<String, String> definitions) {
        return definitions.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> LANGUAGE.compile(entry.getValue(), "filter")));
    }
}
