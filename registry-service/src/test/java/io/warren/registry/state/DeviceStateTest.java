package io.warren.registry.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.DeviceAddress;
import io.warren.registry.document.Documents;
import io.warren.registry.statechange.Side;
import io.warren.registry.statechange.StateChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.node.ObjectNode;

class DeviceStateTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Property
    void fromEachChangeAWayLeadsBackToEveryStateThatThereWas(@ForAll("patches") List<String> patches) {
        DeviceState state = fresh();
        List<StateView> views = new ArrayList<>(List.of(state.view()));
        List<StateChange> changes = new ArrayList<>();
        for (String patch : patches) {
            ObjectNode body = Documents.readDocument(patch.substring(1));
            (patch.charAt(0) == 'D'
                            ? state.desire(state.layers().patched(body), NOON, "someone")
                            : state.report(body, NOON))
                    .ifPresent(change -> {
                        changes.add(change);
                        views.add(state.view());
                    });
        }
        VersionedDocument desired = state.desired();
        VersionedDocument reported = state.reported();
        for (int number = changes.size(); number > 0; number--) {
            StateChange change = changes.get(number - 1);
            assertThat(change.number()).isEqualTo(number);
            StateChange.Whole whole = change.whole();
            assertThat(whole != null).isEqualTo(number % StateChange.WHOLE_EVERY == 0);
            if (whole != null) {
                assertThat(whole).isEqualTo(new StateChange.Whole(desired.state(), reported.state()));
            }
            desired = change.side() == Side.DESIRED ? desired.before(change) : desired;
            reported = change.side() == Side.REPORTED ? reported.before(change) : reported;
            assertThat(desired.state())
                    .isEqualTo(views.get(number - 1).desired().state());
            assertThat(desired.version())
                    .isEqualTo(views.get(number - 1).desired().version());
            assertThat(reported.state())
                    .isEqualTo(views.get(number - 1).reported().state());
            assertThat(reported.version())
                    .isEqualTo(views.get(number - 1).reported().version());
        }
    }

    @Provide
    static Arbitrary<List<String>> patches() {
        Arbitrary<String> values =
                Arbitraries.of("null", "1", "2.0", "\"x\"", "{}", "{\"a\":1}", "{\"a\":null,\"b\":[null]}");
        Arbitrary<String> names = Arbitraries.of("a", "b", "c");
        return Arbitraries.of("D", "R")
                .flatMap(side -> names.flatMap(name -> values.map(value -> side + "{\"" + name + "\":" + value + "}")))
                .list()
                .ofMaxSize(120);
    }

    @Example
    void timesNeverGoBackThoughClocksDiffer() {
        DeviceState state = fresh();
        state.desire(Layers.of(Documents.readDocument("{\"a\":1}")), NOON, "someone");
        StateChange earlier = state.report(Documents.readDocument("{\"a\":1}"), NOON.minusSeconds(5))
                .orElseThrow();
        assertThat(earlier.at()).isEqualTo(NOON);
    }

    @Example
    void aMessageIsKnownAgainOnlyIfItWasHandledBeforeTheStateWasRead() {
        DeviceState state = fresh();
        assertThat(state.hear(7, true, NOON)).isTrue();
        assertThat(state.hear(7, true, NOON))
                .as("its twin, delivered again with it")
                .isTrue();
        DeviceState later = new DeviceState(
                state.address(), state.layers(), state.desired(), state.reported(), state.heard(), null);
        assertThat(later.hear(7, true, NOON)).isFalse();
        assertThat(later.hear(7, false, NOON))
                .as("its twin, delivered for the first time")
                .isTrue();
    }

    @Example
    void onlyTheLastMessagesAreRemembered() {
        Heard heard = Heard.NOTHING;
        for (long message = 0; message < 1_000; message++) {
            heard = heard.and(message, NOON);
        }
        assertThat(heard.messages()).hasSize(400).startsWith(600L).endsWith(999L);
        assertThat(heard.and(1_000, NOON.plusSeconds(601)).messages()).containsExactly(1_000L);
    }

    private static DeviceState fresh() {
        VersionedDocument nothing = new VersionedDocument(0, Documents.empty(), null);
        return new DeviceState(
                DeviceAddress.of("acme", "pump"), Layers.of(Documents.empty()), nothing, nothing, Heard.NOTHING, null);
    }
}
