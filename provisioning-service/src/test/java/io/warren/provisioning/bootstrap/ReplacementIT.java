package io.warren.provisioning.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.contracts.provisioning.RegistrationEvent;
import io.warren.contracts.registry.RegistrationReply;
import io.warren.contracts.registry.RegistrationReply.Outcome;
import io.warren.contracts.registry.RegistrationRequest;
import io.warren.provisioning.ProvisioningTest;
import io.warren.provisioning.attestation.SymmetricKey;
import io.warren.provisioning.bootstrap.BootstrapClient.Answer;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

/** Boards that come under one name, and people who decide between them. */
@ProvisioningTest
@Backed(broker = Backed.Broker.OWN_VHOST)
@Import(RegistryStub.class)
class ReplacementIT {

    private static final String REPEATED = "what the client is told when it repeats, as it does by itself after a 503";

    @Autowired
    private RestTestClient http;

    @Autowired
    private TestTokens tokens;

    @Autowired
    private RegistryStub registry;

    @Autowired
    private JdbcClient jdbc;

    private BootstrapClient client;
    private String group = "";

    @BeforeEach
    void ownTenant() {
        client = new BootstrapClient(http, tokens);
        registry.requests.clear();
        registry.answer = RegistryStub.AGREES;
    }

    @Test
    void aBoardTakesOverTheDeviceThatWasShownAndNoOther() {
        group("\"naming\":{\"template\":\"pump-${identifiers.serial}\"},\"replacement\":\"approval\"");
        board("board-7", "17");

        Answer other = board("board-7", "18");
        JsonNode shown = registration(other);
        approve(other, "");

        assertThat(shown.get("deviceId").stringValue()).isEqualTo("pump-17");
        assertThat(shown.get("takesOver").stringValue()).isEqualTo("pump-17");
        assertThat(board("board-7", "18").text("/credentials/username")).isEqualTo("pump-17@" + client.tenant);
        assertThat(registry.requests.getLast().mode()).isEqualTo(RegistrationRequest.Mode.REPLACE);
        assertThat(registry.requests.getLast().device()).isEqualTo("pump-17");
    }

    @Test
    void aDeviceKeepsItsNameThoughOthersAreCalledOtherwiseByNow() {
        group("");
        board("board-7", "17");
        client.put("/api/v1/enrollment-groups/pumps", """
                {"attestation":{"kind":"symmetric-key"},"naming":{"template":"pump-${identifiers.serial}"}}""");
        later();

        assertThat(board("board-7", "17").text("/credentials/username")).isEqualTo("board-7@" + client.tenant);
        assertThat(board("board-8", "18").text("/credentials/username")).isEqualTo("pump-18@" + client.tenant);
    }

    @Test
    void whoDecidesSeesWhatTheDeviceWouldBeCalled() {
        group("\"naming\":{\"template\":\"pump-${identifiers.serial}\"},\"approval\":\"manual\"");

        assertThat(registration(board("board-7", "17")).get("deviceId").stringValue())
                .isEqualTo("pump-17");
    }

    @Test
    void aPersonAgreesToWhatWasSeenAndToNothingElse() {
        group("\"approval\":\"manual\"");
        Answer first = board("pump-17", "A");
        String seen = generation(first);
        Answer other = board("pump-17", "B");

        Answer refused = approve(first, seen);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("/type")).isEqualTo("urn:warren:problem:registration-changed");
        assertThat(client.post(path(first) + ":deny", seen).status()).isEqualTo(409);

        assertThat(approve(other, generation(other)).status()).isEqualTo(200);
        assertThat(board("pump-17", "B").status()).isEqualTo(200);
    }

    @Test
    void anotherBoardDoesNotTakeAnApprovalAway() {
        group("\"approval\":\"manual\"");
        approve(board("pump-17", "A"), "");

        assertThat(board("pump-17", "B").status()).isEqualTo(403);
        assertThat(board("pump-17", "A").status()).isEqualTo(200);
    }

    @Test
    void aDeviceThatIsAnotherThanWasAgreedToWaitsAgain() {
        group("\"approval\":\"manual\"");
        Answer waiting = board("pump-17", "A");
        String seen = generation(waiting);
        approve(waiting, seen);

        Answer changed = client.registerWith(
                "pump-17",
                BootstrapClient.key(
                        "pumps", new SymmetricKey(group).ofDevice("pump-17").text()),
                "\"identifiers\":{\"serial\":\"A\",\"site\":\"lyon\"}");

        assertThat(changed.status()).isEqualTo(202);
        assertThat(generation(changed)).isNotEqualTo(seen);
        assertThat(registry.requests).isEmpty();
    }

    @Test
    void aPersonWhoAgreedMayThinkAgain() {
        group("\"approval\":\"manual\"");
        Answer waiting = board("pump-17", "A");
        approve(waiting, "");

        assertThat(client.post(path(waiting) + ":deny", "{}").status()).isEqualTo(200);
        assertThat(board("pump-17", "A").status()).isEqualTo(403);
    }

    @Test
    void aCloneDoesNotLockOutTheBoardThatIsRegistered() {
        group("\"replacement\":\"approval\"");
        board("pump-17", "A");
        Answer clone = board("pump-17", "B");
        String seen = generation(clone);
        assertThat(clone.status()).isEqualTo(202);

        assertThat(board("pump-17", "A").status()).isEqualTo(200);

        assertThat(registry.requests)
                .extracting(RegistrationRequest::mode)
                .containsOnly(RegistrationRequest.Mode.ENROL);
        assertThat(approve(clone, seen).status()).as("it has to ask again").isEqualTo(409);
        assertThat(board("pump-17", "B").status()).isEqualTo(202);
    }

    @Test
    void aBoardThatIsDeniedTheDeviceStaysOutAndTheOtherGoesOn() {
        group("\"replacement\":\"approval\"");
        board("pump-17", "A");
        Answer clone = board("pump-17", "B");
        client.post(path(clone) + ":deny", "{\"reason\":\"a clone\"}");

        Answer denied = board("pump-17", "B");
        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.text("/detail")).isEqualTo("a clone");
        assertThat(client.get("/api/v1/registrations?reason=CLONE").body().get("items"))
                .isNotEmpty();
        assertThat(client.get("/api/v1/registrations?reason=stolen").body().get("items"))
                .isEmpty();
        assertThat(board("pump-17", "A").status()).isEqualTo(200);
        assertThat(board("pump-17", "B").status()).isEqualTo(403);

        assertThat(approve(clone, "").status()).isEqualTo(200);
        assertThat(board("pump-17", "B").status()).as("it may ask again").isEqualTo(202);
    }

    @Test
    void whatADeviceLeavesOutIsNotForgotten() {
        group("");
        board("pump-17", "A");
        String attestation = BootstrapClient.key(
                "pumps", new SymmetricKey(group).ofDevice("pump-17").text());

        assertThat(client.registerWith("pump-17", attestation, "\"identifiers\":{}")
                        .status())
                .isEqualTo(200);

        assertThat(registry.requests.getLast().identifiers()).containsEntry("serial", "A");
        assertThat(board("pump-17", "B").status()).isEqualTo(403);
    }

    @Test
    void aDeviceThatIsDeniedGivesItsPlaceBack() {
        group("\"quota\":1,\"replacement\":\"approval\"");
        registry.answer =
                _ -> new RegistrationReply(Outcome.CONFLICT, "The id belongs to a device that came another way.");
        Answer waiting = board("pump-17", "A");
        assertThat(waiting.status()).isEqualTo(202);

        client.post(path(waiting) + ":deny", "");

        registry.answer = RegistryStub.AGREES;
        assertThat(board("pump-18", "B").status()).isEqualTo(200);
    }

    @Test
    void aDeviceThatIsTurnedAwayBeforeItIsRegisteredGivesItsPlaceBack() {
        group("\"quota\":1");
        registry.answer = request -> {
            await().pollDelay(Duration.ofMillis(1500)).until(() -> true);
            return RegistryStub.AGREES.apply(request);
        };
        assertThat(board("pump-17", "A").status()).isEqualTo(503);
        client.put("/api/v1/enrollment-groups/pumps/denied/pump-17", "{}");
        assertThat(board("pump-17", "A").status()).isEqualTo(403);

        registry.answer = RegistryStub.AGREES;
        assertThat(board("pump-18", "B").status()).isEqualTo(200);
    }

    @Test
    void aRefusalOfTheRegistrysIsToldOnce() {
        group("");
        registry.answer = _ -> new RegistrationReply(Outcome.REFUSED, "not that one");
        board("pump-17", "A");
        board("pump-17", "A");
        board("pump-17", "A");
        registry.answer = RegistryStub.AGREES;
        board("pump-17", "A");

        await().untilAsserted(() -> assertThat(registry.events)
                .filteredOn(event -> event.tenant().equals(client.tenant))
                .extracting(RegistrationEvent::reason)
                .containsExactly("not that one", null));
    }

    @Test
    void anAnswerToWhatWasOvertakenIsGivenToNobody() {
        group("\"replacement\":\"approval\"");
        registry.answer = request -> {
            board("pump-17", "B");
            return RegistryStub.AGREES.apply(request);
        };

        Answer overtaken = board("pump-17", "A");

        assertThat(overtaken.status()).isEqualTo(503);
        assertThat(overtaken.retryAfter()).isNotNull();
    }

    @Test
    void whoGivesThePlaceBackMeanwhileIsNotLetIn() {
        group("\"quota\":1");
        registry.answer = request -> {
            client.put("/api/v1/enrollment-groups/pumps/denied/pump-17", "{}");
            board("pump-17", "A");
            return RegistryStub.AGREES.apply(request);
        };

        assertThat(board("pump-17", "A").status()).as(REPEATED).isEqualTo(403);

        registry.answer = RegistryStub.AGREES;
        assertThat(statuses("pump-17")).containsExactly("refused");
        assertThat(board("pump-18", "B").status()).isEqualTo(200);
        client.delete("/api/v1/enrollment-groups/pumps/denied/pump-17");
        assertThat(board("pump-17", "A").status()).as("the place is taken").isEqualTo(403);
    }

    @Test
    void whoIsDeniedMeanwhileIsNotLetIn() {
        group("\"approval\":\"manual\"");
        Answer waiting = board("pump-17", "A");
        approve(waiting, "");
        registry.answer = request -> {
            client.post(path(waiting) + ":deny", "{}");
            return RegistryStub.AGREES.apply(request);
        };

        assertThat(board("pump-17", "A").status()).as(REPEATED).isEqualTo(403);

        assertThat(statuses("pump-17")).containsExactly("refused");
        assertThat(board("pump-17", "A").status()).isEqualTo(403);
    }

    private List<String> statuses(String device) {
        return client.get("/api/v1/registrations?device=" + device).body().findValuesAsString("status");
    }

    private void group(String policy) {
        group = client.group("pumps", policy);
    }

    private Answer board(String id, String serial) {
        return client.registerWith(
                id,
                BootstrapClient.key(
                        "pumps", new SymmetricKey(group).ofDevice(id).text()),
                "\"identifiers\":{\"serial\":\"" + serial + "\"}");
    }

    private static String path(Answer answer) {
        return "/api/v1/registrations/" + answer.text("/registrationId");
    }

    private JsonNode registration(Answer answer) {
        return client.get(path(answer)).body();
    }

    private String generation(Answer answer) {
        return "{\"generation\":" + registration(answer).get("generation").intValue() + "}";
    }

    private Answer approve(Answer answer, String body) {
        return client.post(path(answer) + ":approve", body);
    }

    private void later() {
        jdbc.sql("UPDATE registration SET registered_at = registered_at - interval '2 hours' WHERE tenant = ?")
                .param(client.tenant)
                .update();
    }
}
