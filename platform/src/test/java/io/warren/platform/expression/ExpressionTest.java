package io.warren.platform.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
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
                "'north' in device.groups && !('south' in device.groups)",
                "'eco' in device.state.reported.modes && 3.0 in device.state.reported.modes",
                "'lat' in device.state.reported.gps && 'site' in device.tags",
                "device.tags.site in ['paris', 'lyon']",
                "device.tags.missing in ['paris', null]",
                "device.id.startsWith('pump-') && device.id.endsWith('17') && device.id.contains('mp')",
                "size(device.groups) == 2 && size(device.tags) == 3 && size(device.state.reported.name) == 1",
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
}
