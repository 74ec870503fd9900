package io.warren.registry.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.registry.Api;
import io.warren.registry.LockWaits;
import io.warren.registry.RegistryTest;
import io.warren.testing.backing.TestTokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@RegistryTest
class GroupApiTest {

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    LockWaits waits;

    @LocalServerPort
    int port;

    Api api;

    @BeforeEach
    void connect() {
        api = Api.asPlatformAdmin(port, tokens).withTenant("groups");
        for (String device : new String[] {"a", "b", "c"}) {
            api.put("/api/v1/devices/" + device, "{}");
        }
    }

    @Test
    void aListIsMadeReadAndListed() {
        Api.Answer made = api.put(path("made"), "{\"name\":\"Made\",\"devices\":[\"b\",\"a\"]}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().at("/count").intValue()).isEqualTo(2);
        assertThat(members("made")).containsExactly("a", "b");
        assertThat(api.get("/api/v1/groups").text()).contains("\"id\":\"made\"");
        assertThat(api.get(path("nothing")).problem()).isEqualTo("group-not-found");
        assertThat(api.get(path("nothing") + "/members").problem()).isEqualTo("group-not-found");
    }

    @Test
    void whatWasReadCanBePutBack() {
        api.put(path("echo"), "{\"name\":\"Echo\",\"devices\":[\"a\"]}");
        Api.Answer back = api.put(path("echo"), api.get(path("echo")).text());
        assertThat(back.eTag()).isEqualTo("\"1\"");
        assertThat(members("echo")).containsExactly("a");
    }

    @Test
    void devicesComeAndGo() {
        api.put(path("moves"), "{}");
        assertThat(api.post(path("moves") + ":add", "{\"devices\":[\"a\",\"b\"]}")
                        .json()
                        .at("/count")
                        .intValue())
                .isEqualTo(2);
        Api.Answer same = api.post(path("moves") + ":add", "{\"devices\":[\"a\"]}");
        assertThat(same.eTag()).isEqualTo("\"2\"");
        assertThat(api.post(path("moves") + ":remove", "{\"devices\":[\"a\",\"nobody\"]}")
                        .eTag())
                .isEqualTo("\"3\"");
        assertThat(members("moves")).containsExactly("b");
        api.patch(path("moves"), "{\"devices\":[\"b\",\"c\"]}");
        assertThat(members("moves")).containsExactly("b", "c");
        api.patch(path("moves"), "{\"name\":\"Moves\"}");
        assertThat(members("moves")).containsExactly("b", "c");
        api.put(path("moves"), "{\"devices\":[]}");
        assertThat(members("moves")).isEmpty();
    }

    @Test
    void aDeletedDeviceLeaves() {
        api.put("/api/v1/devices/leaver", "{}");
        api.put(path("left"), "{\"devices\":[\"a\",\"leaver\"]}");
        api.delete("/api/v1/devices/leaver");
        assertThat(members("left")).containsExactly("a");
        assertThat(api.delete(path("left")).status()).isEqualTo(204);
        assertThat(api.get("/api/v1/devices/a").status()).isEqualTo(200);
    }

    @Test
    void devicesThatDoNotExistAreNamed() {
        Api.asPlatformAdmin(port, tokens).withTenant("groups-2").put("/api/v1/devices/theirs", "{}");
        for (Api.Answer answer : new Api.Answer[] {
            api.put(path("wrong"), "{\"devices\":[\"a\",\"theirs\"]}"),
            api.put(path("wrong"), "{\"devices\":[\"a\",\"no.id\"]}")
        }) {
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.json().at("/errors/0/pointer").asString()).isEqualTo("/devices/1");
        }
        assertThat(api.get(path("wrong")).status()).isEqualTo(404);
        assertThat(api.put(path("no.name"), "{}").problem()).isEqualTo("invalid");
    }

    @Test
    void moreDevicesThanARequestMayNameAreRefused() {
        api.put(path("many"), "{}");
        String devices =
                IntStream.range(0, 10_001).mapToObj(i -> "\"d" + i + "\"").collect(Collectors.joining(","));
        assertThat(api.post(path("many") + ":add", "{\"devices\":[" + devices + "]}")
                        .json()
                        .at("/errors/0/pointer")
                        .asString())
                .isEqualTo("/devices");
    }

    @Test
    void aChangeOnTheGroundOfAnOldVersionIsRefused() {
        api.put(path("stale"), "{}");
        api.post(path("stale") + ":add", "{\"devices\":[\"a\"]}");
        String body = "{\"devices\":[\"b\"]}";
        assertThat(api.put(path("stale"), body, "If-Match", "\"1\"").status()).isEqualTo(412);
        assertThat(api.post(path("stale") + ":add", body, "If-Match", "\"1\"").status())
                .isEqualTo(412);
        assertThat(api.post(path("stale") + ":remove", body, "If-Match", "\"1\"")
                        .status())
                .isEqualTo(412);
        assertThat(api.delete(path("stale"), "If-Match", "\"1\"").status()).isEqualTo(412);
    }

    @Test
    void membersArePagedInOrder() {
        api.put(path("paged"), "{\"devices\":[\"c\",\"a\",\"b\"]}");
        var first = api.get(path("paged") + "/members?limit=2").json();
        assertThat(first.at("/items").toString()).isEqualTo("[{\"id\":\"a\"},{\"id\":\"b\"}]");
        var second = api.get(path("paged") + "/members?limit=2&cursor="
                        + first.at("/next").asString())
                .json();
        assertThat(second.at("/items").toString()).isEqualTo("[{\"id\":\"c\"}]");
        assertThat(second.has("next")).isFalse();
    }

    @Test
    void anExpressionFindsTheDevicesOfAGroup() {
        api.put(path("asked"), "{\"devices\":[\"c\",\"a\"]}");
        assertThat(api.get("/api/v1/devices?fields=id&filter=%22asked%22%20in%20device.groups")
                        .json()
                        .at("/items")
                        .toString())
                .isEqualTo("[{\"id\":\"a\"},{\"id\":\"c\"}]");
        assertThat(api.get("/api/v1/devices?fields=id&filter=%22none%22%20in%20device.groups")
                        .json()
                        .at("/items")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void theDevicesOfAnExpressionFollowIt() {
        api.put("/api/v1/devices/follower", "{\"tags\":{\"ring\":\"one\"}}");
        Api.Answer made = rule("ring", "device.tags.ring == 'one'");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().at("/count").intValue()).isEqualTo(1);
        assertThat(members("ring")).containsExactly("follower");
        api.put(path("inner"), "{\"devices\":[\"a\"]}");
        rule("outer", "'ring' in device.groups || 'inner' in device.groups");
        assertThat(members("outer")).containsExactly("a", "follower");
        assertThat(api.get("/api/v1/devices?fields=id&filter='outer'%20in%20device.groups")
                        .json()
                        .at("/items")
                        .toString())
                .isEqualTo("[{\"id\":\"a\"},{\"id\":\"follower\"}]");
        assertThat(api.get("/api/v1/devices/a/explain?expression='outer'%20in%20device.groups")
                        .json()
                        .at("/parts/0/seen")
                        .toString())
                .contains("\"inner\"", "\"outer\"")
                .doesNotContain("\"ring\"");
        assertThat(api.get("/api/v1/devices/b/explain?for=group:outer").text())
                .contains("target-not-met", "'ring' in device.groups");

        api.patch("/api/v1/devices/follower", "{\"tags\":{\"ring\":\"two\"}}");
        assertThat(members("ring")).isEmpty();
        assertThat(members("outer")).containsExactly("a");
        assertThat(api.get(path("ring")).json().at("/count").intValue()).isZero();
        assertThat(api.put(path("ring"), api.get(path("ring")).text()).eTag()).isEqualTo("\"1\"");
        assertThat(api.get("/api/v1/groups").text()).contains("\"filter\":\"device.tags.ring == 'one'\"");
    }

    @Test
    void theDevicesOfAnExpressionArePagedInOrder() {
        rule("all", "device.id in ['a', 'b', 'c']");
        var first = api.get(path("all") + "/members?limit=2").json();
        assertThat(first.at("/items").toString()).isEqualTo("[{\"id\":\"a\"},{\"id\":\"b\"}]");
        assertThat(api.get(path("all") + "/members?limit=2&cursor="
                                + first.at("/next").asString())
                        .json()
                        .at("/items")
                        .toString())
                .isEqualTo("[{\"id\":\"c\"}]");
    }

    @Test
    void expressionsThatLeadBackToThemselvesAreRefused() {
        assertThat(refusal(rule("self", "'self' in device.groups"))).contains("self would lead back to itself");
        rule("first", "'second' in device.groups");
        assertThat(refusal(rule("second", "!('first' in device.groups)"))).contains("first, second, first");
        api.put(path("second"), "{}");
        assertThat(refusal(api.patch(path("second"), "{\"filter\":\"'first' in device.groups\"}")))
                .contains("first, second, first");
        assertThat(refusal(rule("wrong", "device.nothing == 1"))).contains("there is no device.nothing");
        assertThat(refusal(rule("counts", "size(device.groups) == 1"))).contains("can only be asked for an element");
        assertThat(api.get(path("self")).status()).isEqualTo(404);
    }

    @Test
    void twoWhoTryToMakeACircleAtOnceDoNotSucceedBoth() throws Exception {
        for (int round = 0; round < 10; round++) {
            String one = "one-" + round;
            String other = "other-" + round;
            try (var threads = Executors.newFixedThreadPool(2)) {
                List<Callable<Integer>> makers = List.of(
                        () -> rule(one, "'" + other + "' in device.groups").status(),
                        () -> rule(other, "'" + one + "' in device.groups").status());
                List<Integer> answers = new ArrayList<>();
                for (var answer : threads.invokeAll(makers)) {
                    answers.add(answer.get());
                }
                assertThat(answers).containsExactlyInAnyOrder(201, 422);
            }
            api.delete(path(one));
            api.delete(path(other));
        }
    }

    @Test
    void anExpressionThatTakesTooLongIsRefusedAndNotKept() {
        api.put(path("before"), "{\"name\":\"Before\"}");
        try (var threads = Executors.newFixedThreadPool(2)) {
            transactions.executeWithoutResult(_ -> {
                jdbc.sql("LOCK TABLE device IN ACCESS EXCLUSIVE MODE").update(); // nobody can count any
                for (var refused : List.of(
                        threads.submit(() -> rule("slow", "device.enabled")),
                        threads.submit(() -> api.patch(path("before"), "{\"filter\":\"device.enabled\"}")))) {
                    assertThat(refused)
                            .succeedsWithin(Duration.ofSeconds(20))
                            .satisfies(answer -> assertThat(answer.problem()).isEqualTo("query-too-slow"));
                }
            });
        }
        assertThat(api.get(path("slow")).status()).isEqualTo(404);
        assertThat(api.get(path("before")).json().has("filter")).isFalse();
    }

    @Test
    void aGroupThatTakesTooLongToCountIsReadAndRenamedWithoutItsCount() {
        rule("uncounted", "device.enabled");
        try (var threads = Executors.newFixedThreadPool(2)) {
            transactions.executeWithoutResult(_ -> {
                jdbc.sql("LOCK TABLE device IN ACCESS EXCLUSIVE MODE").update(); // nobody can count any
                for (var answered : List.of(
                        threads.submit(() -> api.get(path("uncounted"))),
                        threads.submit(() -> api.patch(path("uncounted"), "{\"name\":\"Renamed\"}")))) {
                    assertThat(answered).succeedsWithin(Duration.ofSeconds(20)).satisfies(answer -> {
                        assertThat(answer.status()).isEqualTo(200);
                        assertThat(answer.json().has("count")).isFalse();
                    });
                }
            });
        }
        assertThat(api.get(path("uncounted")).json().at("/count").intValue()).isPositive();
        assertThat(api.get(path("uncounted")).text()).contains("Renamed");
    }

    @Test
    void devicesChangeWhileAGroupIsCounted() {
        try (var threads = Executors.newSingleThreadExecutor()) {
            transactions.executeWithoutResult(_ -> {
                jdbc.sql("LOCK TABLE device IN ACCESS EXCLUSIVE MODE").update(); // nobody can count any
                var making = threads.submit(() -> rule("counted", "device.enabled"));
                await().until(waits::isSomebodyWaiting);
                assertThat(jdbc.sql("SELECT pg_try_advisory_xact_lock_shared(hashtextextended('groups', 3))")
                                .query(Boolean.class)
                                .single())
                        .as("what changes devices has to take")
                        .isTrue();
                assertThat(making).isNotDone();
            });
        }
    }

    @Test
    void aGroupIsAListOrAnExpression() {
        assertThat(api.put(path("both"), "{\"filter\":\"device.enabled\",\"devices\":[\"a\"]}")
                        .json()
                        .at("/errors/0/pointer")
                        .asString())
                .isEqualTo("/devices");
        api.put(path("either"), "{\"devices\":[\"a\"]}");
        api.patch(path("either"), "{\"filter\":\"device.id == 'b'\"}");
        assertThat(members("either")).containsExactly("b");
        for (String action : List.of(":add", ":remove")) {
            assertThat(api.post(path("either") + action, "{\"devices\":[\"a\"]}")
                            .problem())
                    .isEqualTo("group-not-a-list");
        }
        api.patch(path("either"), "{\"filter\":null,\"devices\":[\"c\"]}");
        assertThat(members("either")).containsExactly("c");
        rule("either", "true");
        api.put(path("either"), "{}");
        assertThat(members("either")).isEmpty();
    }

    @Test
    void whatIsAskedForIsNotDeleted() {
        api.put(path("used"), "{\"devices\":[\"a\"]}");
        rule("between", "'used' in device.groups");
        api.put(
                "/api/v1/configurations/user",
                "{\"target\":\"'between' in device.groups\",\"desired\":{},\"enabled\":false}");
        Api.Answer refused = api.delete(path("used"));
        assertThat(refused.problem()).isEqualTo("group-in-use");
        assertThat(refused.json().at("/detail").asString()).contains("the group between", "the configuration user");
        assertThat(api.delete(path("between")).problem()).isEqualTo("group-in-use");
        api.delete("/api/v1/configurations/user");
        assertThat(api.delete(path("between")).status()).isEqualTo(204);
        assertThat(api.delete(path("used")).status()).isEqualTo(204);
        assertThat(api.put(path("used"), "{}").eTag()).as("versions go on").isEqualTo("\"3\"");
    }

    @Test
    void othersAreToldOfChanges() {
        api.put(path("told"), "{\"devices\":[\"a\",\"b\"]}");
        api.put(path("told"), "{\"devices\":[\"b\",\"c\"]}");
        api.put(path("told"), "{\"devices\":[\"b\",\"c\"]}");
        api.patch(path("told"), "{\"name\":\"Told\"}");
        api.patch(path("told"), "{\"filter\":\"true\"}");
        api.delete(path("told"));
        assertThat(jdbc.sql("""
                        SELECT concat_ws(' ', type, payload::jsonb ->> 'version', payload::jsonb ->> 'filter',
                                         payload::jsonb ->> 'joined', payload::jsonb ->> 'left')
                        FROM outbox WHERE payload::jsonb ->> 'tenant' = 'groups' AND payload::jsonb ->> 'group' = 'told'
                        ORDER BY id""").query(String.class).list())
                .satisfiesExactly(
                        made -> assertThat(made).isEqualTo("group.changed.v1 1"),
                        joined -> assertThat(joined)
                                .startsWith("group.membership.v1 1 [")
                                .contains("\"a\"", "\"b\"")
                                .endsWith("[]"),
                        joined -> assertThat(joined).isEqualTo("group.membership.v1 2 [\"c\"] []"),
                        left -> assertThat(left).isEqualTo("group.membership.v1 2 [] [\"a\"]"),
                        renamed -> assertThat(renamed).isEqualTo("group.changed.v1 3"),
                        ruled -> assertThat(ruled).isEqualTo("group.changed.v1 4 true"),
                        deleted -> assertThat(deleted).isEqualTo("group.deleted.v1 5 true"));
    }

    @Test
    void aTenantHasAHundredExpressions() {
        Api crowded = Api.asPlatformAdmin(port, tokens).withTenant("groups-4");
        crowded.put("/api/v1/devices/a", "{}");
        jdbc.sql("""
                        INSERT INTO device_group (tenant, id, filter, created_at, changed_at, version)
                        SELECT 'groups-4', 'g' || number, 'device.enabled', now(), now(), 1
                        FROM generate_series(1, 100) AS number""").update();
        assertThat(crowded.put(path("more"), "{\"filter\":\"true\"}")
                        .json()
                        .at("/errors/0/detail")
                        .asString())
                .contains("at most 100");
        assertThat(crowded.put(path("g7"), "{\"filter\":\"true\"}").status()).isEqualTo(200);
        assertThat(crowded.put(path("more"), "{}").status()).isEqualTo(201);
    }

    /** Expressions of one tenant must not reach the devices, lists or expressions of another that has groups of the same names. */
    @Test
    void expressionsDoNotReachIntoAnotherTenant() {
        Api victim = Api.asPlatformAdmin(port, tokens).withTenant("groups-5");
        victim.put("/api/v1/devices/secret", "{\"tags\":{\"site\":\"lyon\"}}");
        victim.put(path("listed"), "{\"devices\":[\"secret\"]}");
        victim.put(path("ruled"), "{\"filter\":\"device.tags.site == 'lyon'\"}");
        Api thief = Api.asPlatformAdmin(port, tokens).withTenant("groups-6");
        thief.put("/api/v1/devices/secret", "{\"tags\":{\"site\":\"lyon\"}}");
        thief.put(path("asks"), "{\"filter\":\"'listed' in device.groups || 'ruled' in device.groups\"}");
        assertThat(thief.get(path("asks") + "/members").json().at("/items")).isEmpty();
        assertThat(thief.get("/api/v1/devices?filter='ruled'%20in%20device.groups")
                        .json()
                        .at("/items"))
                .isEmpty();
        assertThat(thief.get("/api/v1/devices/secret/explain?for=group:ruled").problem())
                .isEqualTo("group-not-found");
        thief.put(path("ruled"), "{\"filter\":\"'; DROP TABLE device; --' in device.groups\"}");
        assertThat(victim.get(path("ruled") + "/members").json().at("/items")).hasSize(1);
    }

    @Test
    void groupsOfAnotherTenantDoNotExist() {
        api.put(path("mine"), "{\"devices\":[\"a\"]}");
        Api other = Api.asPlatformAdmin(port, tokens).withTenant("groups-3");
        assertThat(other.get(path("mine")).status()).isEqualTo(404);
        assertThat(other.get(path("mine") + "/members").status()).isEqualTo(404);
        assertThat(other.post(path("mine") + ":remove", "{\"devices\":[\"a\"]}").status())
                .isEqualTo(404);
    }

    @Test
    void manyEditorsLoseNothing() throws Exception {
        api.put(path("shared"), "{}");
        List<Callable<Integer>> edits = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String device = "shared-" + i;
            api.put("/api/v1/devices/" + device, "{}");
            edits.add(() -> api.post(path("shared") + ":add", "{\"devices\":[\"" + device + "\"]}")
                    .status());
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var edit : threads.invokeAll(edits)) {
                assertThat(edit.get()).isEqualTo(200);
            }
        }
        assertThat(members("shared")).hasSize(20);
        assertThat(api.get(path("shared")).eTag()).isEqualTo("\"21\"");
    }

    private Api.Answer rule(String group, String filter) {
        return api.put(path(group), "{\"filter\":\"" + filter + "\"}");
    }

    private static String refusal(Api.Answer answer) {
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/pointer").asString()).isEqualTo("/filter");
        return answer.json().at("/errors/0/detail").asString();
    }

    private List<String> members(String group) {
        List<String> ids = new ArrayList<>();
        api.get(path(group) + "/members")
                .json()
                .at("/items")
                .forEach(item -> ids.add(item.at("/id").asString()));
        return ids;
    }

    private static String path(String group) {
        return "/api/v1/groups/" + group;
    }
}
