package io.warren.registry.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.contracts.device.DeviceAddress;
import io.warren.registry.Api;
import io.warren.registry.LockWaits;
import io.warren.registry.RegistryTest;
import io.warren.registry.StatementCount;
import io.warren.registry.document.Documents;
import io.warren.registry.state.StateReporting.Kind;
import io.warren.registry.state.StateReporting.Outcome;
import io.warren.registry.state.StateReporting.Report;
import io.warren.testing.backing.TestTokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.support.TransactionTemplate;

@RegistryTest
class StateReportingTest {

    @Autowired
    TestTokens tokens;

    @Autowired
    StateReporting reporting;

    @Autowired
    StateSteering steering;

    @Autowired
    DeviceStates states;

    @Autowired
    StateHistory history;

    @Autowired
    StatementCount statements;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    LockWaits locks;

    @LocalServerPort
    int port;

    String tenant = "";

    @SuppressWarnings("NullAway.Init")
    Api api;

    @BeforeEach
    void makeATenant() {
        tenant = "s-" + UUID.randomUUID().toString().substring(0, 8);
        api = Api.asPlatformAdmin(port, tokens).withTenant(tenant);
    }

    @Test
    void whatIsDeliveredAgainDoesNotUndoWhatCameAfterIt() {
        DeviceAddress pump = device("pump");
        Report first = report(pump, "{\"mode\":\"eco\"}", 1);
        Report second = report(pump, "{\"mode\":\"full\"}", 2);
        assertThat(kinds(reporting.note(List.of(first, second)))).containsExactly(Kind.CHANGED, Kind.CHANGED);

        List<Outcome> again = reporting.note(List.of(redelivered(first)));
        assertThat(kinds(again)).containsExactly(Kind.REPEATED);
        assertThat(again.getFirst().version())
                .as("who asked is answered all the same")
                .isEqualTo(2);
        Report third = report(pump, "{\"fan\":1}", 3);
        assertThat(kinds(reporting.note(List.of(redelivered(second), redelivered(third)))))
                .as("what was delivered before but not handled is handled now")
                .containsExactly(Kind.REPEATED, Kind.CHANGED);
        assertThat(reported(pump)).isEqualTo("{\"fan\":1,\"mode\":\"full\"}");
    }

    @Test
    void whatIsReportedWhileADeviceIsDeletedCountsForTheNextOfItsId() {
        DeviceAddress pump = device("pump");
        reporting.note(List.of(report(pump, "{\"value\":0}", 0)));
        CompletableFuture<Integer> deleted = new CompletableFuture<>();
        transactions.executeWithoutResult(_ -> {
            states.lock(pump);
            deleted.completeAsync(() -> api.delete("/api/v1/devices/pump").status());
            await().until(locks::isSomebodyWaiting);
            reporting.note(List.of(report(pump, "{\"value\":1}", 1), report(pump, "{\"value\":2}", 2)));
        });
        assertThat(deleted.join()).isEqualTo(204);
        device("pump");
        assertThat(states.view(pump).orElseThrow().reported().version()).isEqualTo(4);
    }

    @Test
    void aMessageWithoutEffectIsRememberedToo() {
        DeviceAddress pump = device("pump");
        reporting.note(List.of(report(pump, "{\"mode\":\"eco\"}", 1)));
        Report same = report(pump, "{\"mode\":\"eco\"}", 2);
        assertThat(kinds(reporting.note(List.of(same)))).containsExactly(Kind.UNCHANGED);
        reporting.note(List.of(report(pump, "{\"mode\":\"full\"}", 3)));
        assertThat(kinds(reporting.note(List.of(redelivered(same))))).containsExactly(Kind.REPEATED);
        assertThat(reported(pump)).isEqualTo("{\"mode\":\"full\"}");
    }

    @Test
    void oneThatIsRefusedAndOneOfAnUnknownDeviceSpoilNothing() {
        DeviceAddress pump = device("pump");
        List<Outcome> outcomes = reporting.note(List.of(
                report(pump, "{\"a\":1}", 1),
                report(pump, "{\"a\":\"" + "x".repeat(33_000) + "\"}", 2),
                report(DeviceAddress.of(tenant, "nobody"), "{\"a\":1}", 1),
                report(DeviceAddress.of("t-" + tenant, "pump"), "{\"a\":1}", 1),
                report(pump, "{\"b\":2}", 3)));
        assertThat(kinds(outcomes))
                .containsExactly(Kind.CHANGED, Kind.REFUSED, Kind.REFUSED, Kind.REFUSED, Kind.CHANGED);
        assertThat(reported(pump)).isEqualTo("{\"a\":1,\"b\":2}");
    }

    @Test
    void aBatchTakesAsManyStatementsForManyDevicesAsForOne() {
        List<DeviceAddress> fleet =
                IntStream.range(0, 100).mapToObj(index -> device("d" + index)).toList();
        int forOne = statements.of(() -> reporting.note(List.of(report(fleet.getFirst(), "{\"a\":1}", 1))));
        assertThat(forOne).isLessThanOrEqualTo(8);
        assertThat(statements.of(() -> reporting.note(fleet.stream()
                        .flatMap(device ->
                                IntStream.range(2, 4).mapToObj(value -> report(device, "{\"a\":" + value + "}", value)))
                        .toList())))
                .isEqualTo(forOne);
        assertThat(fleet).allSatisfy(device -> assertThat(reported(device)).isEqualTo("{\"a\":3}"));
    }

    @Test
    void bothSidesAreShownAsTheyWereAtAnyTime() {
        DeviceAddress pump = device("pump");
        Random random = new Random(17);
        List<StateView> views = new ArrayList<>();
        for (int turn = 0; turn < 170; turn++) {
            String name = "n" + random.nextInt(6);
            String value = random.nextInt(4) == 0 ? "null" : "{\"v\":" + random.nextInt(9) + "}";
            String patch = "{\"" + name + "\":" + value + "}";
            if (random.nextBoolean()) {
                reporting.note(List.of(report(pump, patch, turn)));
            } else {
                steering.desire(pump, layers -> layers.patched(Documents.readDocument(patch)), null, "me");
            }
            views.add(states.find(pump).orElseThrow().view());
        }
        assertThat(views).allSatisfy(view -> {
            StateView then = history.at(pump, last(view));
            assertThat(then.desired().state()).isEqualTo(view.desired().state());
            assertThat(then.desired().version()).isEqualTo(view.desired().version());
            assertThat(then.reported().state()).isEqualTo(view.reported().state());
            assertThat(then.reported().version()).isEqualTo(view.reported().version());
            assertThat(then.delta()).isEqualTo(view.delta());
        });
        StateView first = views.getFirst();
        assertThat(history.at(pump, last(first).minusSeconds(1)).desired().version())
                .isZero();
    }

    @Test
    void editorsReportsAndDeletionDoNotGetInEachOthersWay() {
        List<DeviceAddress> fleet =
                IntStream.range(0, 6).mapToObj(index -> device("d" + index)).toList();
        CompletableFuture<Void> reports = CompletableFuture.runAsync(() -> {
            for (int turn = 0; turn < 60; turn++) {
                int value = turn;
                reporting.note(fleet.stream()
                        .map(device -> report(device, "{\"r\":" + value + "}", value))
                        .toList());
            }
        });
        CompletableFuture<Void> others = CompletableFuture.runAsync(() -> {
            for (int turn = 0; turn < 60; turn++) {
                int value = turn;
                reporting.note(fleet.reversed().stream()
                        .map(device -> report(device, "{\"s\":" + value + "}", 1_000 + value))
                        .toList());
            }
        });
        CompletableFuture<Void> editor = CompletableFuture.runAsync(() -> {
            for (int turn = 0; turn < 60; turn++) {
                String path = "/api/v1/devices/d" + turn % 6;
                assertThat(api.patch(path + "/state/desired", "{\"d\":" + turn + "}")
                                .status())
                        .isIn(200, 404);
                if (turn % 10 == 9) {
                    assertThat(api.delete(path).status()).isEqualTo(204);
                    assertThat(api.put(path, "{}").status()).isEqualTo(201);
                }
            }
        });
        CompletableFuture.allOf(reports, others, editor).join();
        assertThat(fleet).allSatisfy(device -> assertThat(states.find(device)).isPresent());
    }

    private DeviceAddress device(String id) {
        api.put("/api/v1/devices/" + id, "{}");
        return DeviceAddress.of(tenant, id);
    }

    private String reported(DeviceAddress device) {
        return Documents.write(states.find(device).orElseThrow().reported().state());
    }

    private static Instant last(StateView view) {
        Instant desired =
                view.desired().at() == null ? Instant.EPOCH : view.desired().at();
        Instant reported =
                view.reported().at() == null ? Instant.EPOCH : view.reported().at();
        return desired.isAfter(reported) ? desired : reported;
    }

    private static Report report(DeviceAddress device, String patch, long message) {
        return new Report(device, Documents.readDocument(patch), message, false);
    }

    private static Report redelivered(Report report) {
        return new Report(report.address(), report.patch(), report.message(), true);
    }

    private static List<Kind> kinds(List<Outcome> outcomes) {
        return outcomes.stream().map(Outcome::kind).toList();
    }
}
