package io.warren.registry.registration;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.registry.RegistrationReply;
import io.warren.contracts.registry.RegistrationReply.Desired;
import io.warren.contracts.registry.RegistrationReply.Outcome;
import io.warren.contracts.registry.RegistrationRequest;
import io.warren.contracts.registry.RegistrationRequest.Certificate;
import io.warren.contracts.registry.RegistrationRequest.Mode;
import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.registry.StatementCount;
import io.warren.testing.backing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Devices that come together are let in together, each as if it were alone. */
@RegistryTest
class RegistrationBatchTest {

    private static final int BATCH = 64;

    @Autowired
    TestTokens tokens;

    @Autowired
    SelfRegistration registration;

    @Autowired
    StatementCount statements;

    @LocalServerPort
    int port;

    String tenant = "b-" + UUID.randomUUID().toString().substring(0, 8);
    Api api;

    @BeforeEach
    void makeATenant() {
        api = Api.asPlatformAdmin(port, tokens).withTenant(tenant);
    }

    @Test
    void manyNewDevicesTakeAsManyStatementsAsOne() {
        registration.register(List.of(withSecret("first", Mode.ENROL, null)));
        int forOne = statements.of(() -> registration.register(List.of(withSecret("second", Mode.ENROL, null))));
        assertThat(forOne).isLessThanOrEqualTo(16);

        Map<RegistrationRequest, RegistrationReply> replies = new HashMap<>();
        List<RegistrationRequest> many = IntStream.range(0, BATCH)
                .mapToObj(i -> i % 2 == 0 ? withSecret("pump-" + i, Mode.ENROL, null) : withCertificate("pump-" + i, i))
                .toList();
        assertThat(statements.of(() -> replies.putAll(registration.register(many))))
                .isEqualTo(forOne);

        assertThat(replies).hasSize(BATCH);
        assertThat(replies.values()).allSatisfy(reply -> {
            assertThat(reply.outcome()).isEqualTo(Outcome.REGISTERED);
            assertThat(reply.desired()).isEqualTo(new Desired(0, Map.of()));
        });
        assertThat(outcomes(registration.register(many))).containsOnly(Map.entry(Outcome.ALREADY_REGISTERED, BATCH));
    }

    @Test
    void statesThatManyBeginWithCostTheSameForEachOfThem() {
        registration.register(List.of(withSecret("first", Mode.ENROL, Map.of("every", 1))));
        int forOne = statements.of(
                () -> registration.register(List.of(withSecret("second", Mode.ENROL, Map.of("every", 2)))));
        List<RegistrationRequest> many = IntStream.range(0, BATCH)
                .mapToObj(i -> withSecret("pump-" + i, Mode.ENROL, Map.of("every", i)))
                .toList();
        Map<RegistrationRequest, RegistrationReply> replies = new HashMap<>();

        assertThat(statements.of(() -> replies.putAll(registration.register(many))))
                .isEqualTo(forOne);

        assertThat(many)
                .allSatisfy(request -> assertThat(replies)
                        .hasEntrySatisfying(
                                request,
                                reply -> assertThat(reply.desired())
                                        .isEqualTo(new Desired(
                                                1, request.desired() == null ? Map.of() : request.desired()))));
    }

    @Test
    void eachHasItsOwnOutcome() {
        registration.register(List.of(
                withSecret("known", Mode.ENROL, null),
                withSecret("disabled", Mode.ENROL, null),
                withSecret("replaced", Mode.ENROL, null)));
        api.patch("/api/v1/devices/disabled", "{\"enabled\":false}");
        api.put("/api/v1/devices/by-hand", "{}");

        RegistrationRequest unreadable = withSecret("a.b", Mode.ENROL, null);
        RegistrationRequest elsewhere = of("nobody", "pump", Mode.ENROL, null, "secret");
        RegistrationRequest byHand = withSecret("by-hand", Mode.ENROL, null);
        RegistrationRequest disabled = withSecret("disabled", Mode.ENROL, null);
        RegistrationRequest known = withSecret("known", Mode.ENROL, null);
        RegistrationRequest replaced = of(tenant, "replaced", Mode.REPLACE, null, "another secret");
        RegistrationRequest anew = withSecret("new", Mode.ENROL, null);
        Map<RegistrationRequest, RegistrationReply> replies =
                registration.register(List.of(unreadable, elsewhere, byHand, disabled, known, replaced, anew));

        assertThat(outcomeOf(replies))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        unreadable, Outcome.REFUSED,
                        elsewhere, Outcome.REFUSED,
                        byHand, Outcome.CONFLICT,
                        disabled, Outcome.REFUSED,
                        known, Outcome.ALREADY_REGISTERED,
                        replaced, Outcome.REGISTERED,
                        anew, Outcome.REGISTERED));
        assertThat(api.get("/api/v1/devices/replaced/credentials")
                        .json()
                        .at("/items")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void whatCannotBeKeptKeepsNobodyElseOut() {
        List<RegistrationRequest> many = new ArrayList<>();
        IntStream.range(0, 5).forEach(i -> many.add(withSecret("pump-" + i, Mode.ENROL, null)));
        RegistrationRequest bad = of(tenant, "bad", Mode.ENROL, Map.of("text", "a\0b"), "secret");
        many.add(3, bad);

        Map<RegistrationRequest, RegistrationReply> replies = registration.register(many);

        assertThat(replies.remove(bad))
                .satisfies(reply -> assertThat(reply.outcome()).isEqualTo(Outcome.REFUSED));
        assertThat(outcomes(replies)).containsOnly(Map.entry(Outcome.REGISTERED, 5));
    }

    @Test
    void theSameDeviceTwiceIsAnsweredTwice() {
        RegistrationRequest one = of(tenant, "pump", Mode.ENROL, null, "secret-1");
        RegistrationRequest other = of(tenant, "pump", Mode.ENROL, null, "secret-2");

        assertThat(outcomes(registration.register(List.of(one, other, one))))
                .containsOnly(Map.entry(Outcome.REGISTERED, 2));
        assertThat(api.get("/api/v1/devices/pump/credentials")
                        .json()
                        .at("/items")
                        .size())
                .isEqualTo(2);
    }

    @Test
    void batchesOfTheSameDevicesDoNotLockEachOtherOut() {
        List<CompletableFuture<Void>> replicas = IntStream.range(0, 3)
                .mapToObj(replica -> CompletableFuture.runAsync(() -> shuffledBatches(replica)))
                .toList();
        assertThat(replicas).allSatisfy(replica -> assertThat(replica).succeedsWithin(Duration.ofSeconds(60)));
    }

    private void shuffledBatches(int replica) {
        Random random = new Random(replica);
        for (int round = 0; round < 20; round++) {
            String device = "r" + round + "-";
            List<RegistrationRequest> batch = new ArrayList<>(IntStream.range(0, 30)
                    .mapToObj(i -> of(
                            tenant,
                            device + i,
                            random.nextInt(4) == 0 ? Mode.RESET : Mode.ENROL,
                            Map.of("by", replica),
                            "secret-" + random.nextInt(3)))
                    .toList());
            Collections.shuffle(batch, random);
            assertThat(registration.register(batch)).hasSize(30);
        }
    }

    private RegistrationRequest withSecret(String device, Mode mode, @Nullable Map<String, Object> desired) {
        return of(tenant, device, mode, desired, "secret of " + device);
    }

    private static RegistrationRequest of(
            String tenant, String device, Mode mode, @Nullable Map<String, Object> desired, String secret) {
        return new RegistrationRequest(
                tenant,
                device,
                "e1",
                null,
                Map.of("site", "lyon"),
                Map.of(),
                SelfRegistrationTest.sha256(secret),
                null,
                null,
                desired,
                mode,
                null);
    }

    private RegistrationRequest withCertificate(String device, int number) {
        return new RegistrationRequest(
                tenant,
                device,
                "e1",
                null,
                Map.of("site", "lyon"),
                Map.of(),
                null,
                null,
                new Certificate(
                        SelfRegistrationTest.sha256("der-" + number),
                        "a" + number,
                        Instant.parse("2099-01-01T00:00:00Z")),
                null,
                Mode.ENROL,
                null);
    }

    private static Map<RegistrationRequest, Outcome> outcomeOf(Map<RegistrationRequest, RegistrationReply> replies) {
        return replies.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().outcome()));
    }

    private static Map<Outcome, Integer> outcomes(Map<RegistrationRequest, RegistrationReply> replies) {
        return replies.values().stream().collect(toMap(RegistrationReply::outcome, _ -> 1, Integer::sum));
    }
}
