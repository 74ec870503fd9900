package io.warren.registry.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.testing.backing.TestTokens;
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

@RegistryTest
class GroupApiTest {

    @Autowired
    TestTokens tokens;

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
