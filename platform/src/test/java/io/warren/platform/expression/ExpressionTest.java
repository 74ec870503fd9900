package io.warren.platform.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.Violation;
import io.warren.platform.vocabulary.DeviceVocabulary;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ExpressionTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final ExpressionLanguage LANGUAGE = new ExpressionLanguage(DeviceVocabulary.NAMES);
    private static final Instant NOW = Instant.parse("2026-11-20T09:22:00Z");
    private static final Facts PUMP = new Facts((ObjectNode) JSON.readTree("""
                    {"device": {"id": "pump-17", "type": "pump", "tags": {"site": "lyon", "my-key": "x", "empty": ""},
                     "identifiers": {"serial": "A-1"}, "connected": true, "lastSeenAt": "2026-11-20T09:02:00Z",
                     "groups": ["north", "old"], "firmware": {"version": "1.2.3"},
                     "state": {"reported": {"battery": 15.0, "modes": ["eco", 3], "on": true, "gps": {"lat": 45.7},
                                            "max": 1E2, "name": "😀"},
                               "desired": {"battery": 15}}}}"""), NOW);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "device.tags.site == 'lyon' && device.state.reported.battery < 20",
                "device.tags[\"my-key\"] == \"x\"",
                "device.tags.missing == null",
                "device.tags.missing != 'x'",
                "!has(device.tags.missing) && has(device.tags.site) && has(device.connected)",
                "device.state.reported.battery == 15 && device.state.reported.max == 100",
                "device.state.reported.battery == device.state.desired.battery",
                "!(device.state.reported.battery < 'a') && !(device.state.reported.nothing < 3)",
                "device.state.reported.gps.lat > 45 && device.state.reported.gps.lat.below == null",
                "device.connected",
                "device.connected == true && device.state.reported.on",
                "true == true && true != false && true in [true] && !(false in [true, null])",
                "'north' in device.groups && !('south' in device.groups)",
                "'eco' in device.state.reported.modes && 3.0 in device.state.reported.modes",
                "'lat' in device.state.reported.gps && 'site' in device.tags",
                "device.tags.site in ['paris', 'lyon']",
                "device.tags.missing in ['paris', null]",
                "device.id.startsWith('pump-') && device.id.endsWith('17') && device.id.contains('mp')",
                "size(device.tags) == 3 && size(device.state.reported.name) == 1",
                "device.lastSeenAt < now - duration('15m')",
                "now - device.lastSeenAt > duration('15m') && now - device.lastSeenAt < duration('0.5h')",
                "device.lastSeenAt == timestamp('2026-11-20T10:02:00+01:00')",
                "device.lastSeenAt + duration('1h') > now",
                "device.connected ? device.tags.site == 'lyon' : false",
                "device.firmware.version == '1.2.3'",
                "device.state.reported.name > '\\uffff'",
                "true // and a comment",
            })
    void isTrueOfThePump(String source) {
        assertThat(LANGUAGE.compile(source, "filter").test(PUMP)).isTrue();
        assertThat(LANGUAGE.compile("!(" + source.split(" //", 2)[0] + ")", "filter")
                        .test(PUMP))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    now - device.lastSeenAt < duration('1h')                                | true
                    device.connected && device.lastSeenAt < now                             | true
                    device.lastSeenAt < timestamp('2026-01-01T00:00:00Z')                   | false
                    device.tags.now == 'now'                                                | false
                    """)
    void knowsWhetherTimeMatters(String source, boolean matters) {
        assertThat(LANGUAGE.compile(source, "filter").dependsOnTime()).isEqualTo(matters);
    }

    @Test
    void saysWhatEachPartSaw() {
        Expression expression = LANGUAGE.compile(
                "device.tags.site == 'lyon' && !(device.state.reported[\"a b\"] < 20 || ('south' in device.groups))\n"
                        + " && (device.connected ? device.tags.site != 'paris' : has(device.name))",
                "filter");
        assertThat(expression.explain(PUMP).stream().map(Finding::toString))
                .containsExactly(
                        "Finding[expression=device.tags.site == 'lyon', start=0, end=26, seen={device.tags.site=lyon}, outcome=true]",
                        "Finding[expression=device.state.reported[\"a b\"] < 20, start=32, end=65, seen={device.state.reported[\"a b\"]=null}, outcome=false]",
                        "Finding[expression='south' in device.groups, start=70, end=94, seen={device.groups=[\"north\",\"old\"]}, outcome=false]",
                        "Finding[expression=device.connected, start=102, end=118, seen={device.connected=true}, outcome=true]",
                        "Finding[expression=device.tags.site != 'paris', start=121, end=148, seen={device.tags.site=lyon}, outcome=true]",
                        "Finding[expression=has(device.name), start=151, end=167, seen={device.name=null}, outcome=false]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    device.tga == 'x'                       | 7  | there is no device.tga                    | did you mean device.tags?
                    tags.site == 'x'                        | 1  | there is no tags                          | did you mean device.tags?
                    device.state == null                    | 7  | device.state is no value by itself        | it has device.state.reported, device.state.desired
                    device.tags.site.floor == 'x'           | 17 | there is nothing below device.tags.site   | ~~
                    device.tags.site < 3                    | 1  | these have no order                       | ~~
                    device.id == 3                          | 1  | this can never be equal                   | ~~
                    device.state.reported.at < now          | 1  | these have no order                       | ~~
                    device.tags.exists(t, t == 'x')         | 19 | there is no function exists               | there are size
                    device.id.matches('.*')                 | 1  | matches() is left out                     | ~~
                    device.state.reported.a + 1 > 2         | 1  | arithmetic is not supported               | ~~
                    device.id == '\\u0000'                  | 14 | no text in Warren has the character       | ~~
                    duration('1y') > now - device.lastSeenAt | 1 | a duration is written as                  | ~~
                    timestamp('yesterday') < now            | 1  | a time is written as                      | ~~
                    device.lastSeenAt > duration('1h')      | 21 | a duration can only be added to a time    | ~~
                    device.tags == device.tags              | 1  | device.tags can only be compared          | ~~
                    device.id in ['a', device.type]         | 20 | the elements of a list must be written    | ~~
                    device.state.reported[0] == 1           | 23 | what stands in [ ] must be a key          | ~~
                    device.id                               | 1  | a condition is expected here              | ~~
                    device.connected == (1 < 2)             | 22 | a value is expected here                  | ~~
                    3 in device.groups                      | 3  | in does not go with                       | ~~
                    size(device.groups) == 2                | 1  | device.groups can only be asked for       | write "name" in device.groups
                    device.id ==                            | 13 | the expression ends too early                          | ~~
                    device.id = 'x'                         | 11 | = is not understood here                  | did you mean ==?
                    {'a': 1} == {'a': 1}                    | 1  | this is not supported                     | ~~
                    """)
    void explainsWhatIsWrong(String source, int column, String detail, @Nullable String hint) {
        assertThatThrownBy(() -> LANGUAGE.compile(source, "filter"))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    Violation violation = problem.violations().getFirst();
                    assertThat(problem.kind().name()).isEqualTo("invalid-expression");
                    assertThat(violation.detail()).startsWith(detail);
                    assertThat(violation.position()).isEqualTo(new Violation.Position(1, column, column - 1));
                    assertThat(String.valueOf(violation.hint()))
                            .startsWith(hint == null || hint.isEmpty() ? "null" : hint);
                });
    }

    @Test
    void refusesWhatCostsTooMuch() {
        assertThat(detail("device.id == '" + "a".repeat(4_096) + "'")).contains("at most 4096 characters");
        assertThat(detail("(".repeat(40) + "true" + ")".repeat(40))).contains("nested more than 32 deep");
        assertThat(detail("true" + " && true".repeat(300))).contains("more than 256 parts");
        assertThat(detail("device.id in [" + "'a', ".repeat(500) + "'a']")).contains("at most 500 elements");
        assertThat(detail("now + duration('876000h') + duration('1us') > now")).contains("more than 36500 days");
        assertThat(detail("\ud800")).contains("no text in Warren has such a character");
        assertThat(detail(" ")).contains("empty");
        assertThat(LANGUAGE.compile("device.id in [" + "'a', ".repeat(499) + "'a']", "filter")
                        .test(PUMP))
                .isFalse();
    }

    private static String detail(String source) {
        return catchThrowableOfType(ProblemException.class, () -> LANGUAGE.compile(source, "filter"))
                .violations()
                .getFirst()
                .detail();
    }
}
