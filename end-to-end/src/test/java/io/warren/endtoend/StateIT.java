package io.warren.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a device is to be like reaches it, and what it says that it is like comes back. */
@EndToEnd
class StateIT {

    private final Tenant tenant;
    private final Device device;
    private final String state;

    StateIT(Platform platform) {
        tenant = platform.newTenant();
        device = tenant.newDevice();
        state = "/api/v1/devices/" + device.id() + "/state";
    }

    @Test
    void aConnectedDeviceIsToldAtOnceAndIsInSyncOnceItSaysSo() {
        try (Connection connection = device.connect()) {
            Connection.Inbox desired = connection.subscribe(device.down("state/desired"));

            tenant.rest().patch(state + "/desired", "{\"interval\": 30}").expect(200);

            JsonNode told = desired.next().json();
            assertThat(told.at("/state/interval").intValue()).isEqualTo(30);
            assertThat(state().get("inSync").booleanValue()).isFalse();
            assertThat(state().at("/delta/interval").intValue()).isEqualTo(30);

            connection.publish(device.up("state/reported"), "{\"interval\": 30, \"battery\": 82}");

            await().until(() -> state().get("inSync").booleanValue());
            assertThat(state().at("/reported/state/battery").intValue()).isEqualTo(82);
        }
    }

    @Test
    void aDeviceThatWasAwayIsToldTheNewestOnlyWhenItComes() {
        tenant.rest().patch(state + "/desired", "{\"interval\": 30}").expect(200);
        tenant.rest().patch(state + "/desired", "{\"interval\": 60}").expect(200);

        try (Connection connection = device.connect()) {
            Connection.Inbox desired = connection.subscribe(device.down("state/desired"));
            Connection.Inbox answers = connection.subscribe(device.down("state/get/+"));
            connection.publish(device.up("state/get/1"), "");

            assertThat(answers.next().json().at("/desired/state/interval").intValue())
                    .isEqualTo(60);
            assertThat(desired.messages())
                    .allSatisfy(message -> assertThat(new String(message.getPayloadAsBytes(), UTF_8))
                            .doesNotContain("30"));
        }
    }

    @Test
    void twoWhoChangeTheSameVersionDoNotOverwriteEachOther() {
        tenant.rest().patch(state + "/desired", "{\"a\": 1}").expect(200);
        String tag = tenant.rest().get(state).expect(200).header("ETag");

        tenant.rest()
                .with("If-Match", tag)
                .patch(state + "/desired", "{\"a\": 2}")
                .expect(200);
        tenant.rest()
                .with("If-Match", tag)
                .patch(state + "/desired", "{\"a\": 3}")
                .expectProblem(412);

        assertThat(state().at("/desired/state/a").intValue()).isEqualTo(2);
    }

    @Test
    void thePastCanBeAskedFor() {
        tenant.rest().patch(state + "/desired", "{\"a\": 1}").expect(200);
        Instant then = Instant.now();
        await().pollDelay(Duration.ofMillis(50)).until(() -> true);
        tenant.rest().patch(state + "/desired", "{\"a\": 2}").expect(200);

        JsonNode past =
                tenant.rest().get(state + "/history?at=" + then).expect(200).json();

        assertThat(past.at("/desired/state/a").intValue()).isEqualTo(1);
    }

    private JsonNode state() {
        return tenant.rest().get(state).expect(200).json();
    }
}
