package io.warren.provisioning.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.contracts.registry.TenantEvent;
import io.warren.contracts.registry.TenantLimits;
import io.warren.provisioning.ProvisioningTest;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.support.TransactionTemplate;

@ProvisioningTest
@Backed(broker = Backed.Broker.OWN_VHOST)
class TenantRemovalIT {

    @Autowired
    private RabbitTemplate rabbit;

    @Autowired
    private RestTestClient http;

    @Autowired
    private TestTokens tokens;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    private final String tenant = "t" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void withATenantGoesWhatLetItsDevicesIn() {
        String other = "o" + tenant;
        makeAll(tenant);
        makeAll(other);

        tellDeleted();

        await().untilAsserted(() -> {
            assertThat(list(tenant, "enrollment-groups")).doesNotContain("pumps");
            assertThat(list(tenant, "enrollments")).doesNotContain("pump-17");
            assertThat(list(tenant, "registrations")).doesNotContain("pump-17");
        });
        assertThat(list(other, "enrollment-groups")).contains("pumps");
        assertThat(list(other, "enrollments")).contains("pump-17");
        assertThat(list(other, "registrations")).contains("pump-17");
    }

    @Test
    void aBigTenantGoesBitByBit() {
        addDevices(11_000);
        transaction.executeWithoutResult(_ -> {
            jdbc.sql("SELECT id FROM registration WHERE tenant = ? AND registration_id = 'pump-11000' FOR UPDATE")
                    .param(tenant)
                    .query()
                    .listOfRows();
            tellDeleted();
            await().until(() -> devices() == 1_000);
        });
        await().until(() -> devices() == 0);
    }

    private void addDevices(int devices) {
        jdbc.sql("""
                        INSERT INTO registration (id, version, tenant, device_id, registration_id, enrollment_id, live, identifiers,
                                                  outcome, attempts, created_at, updated_at)
                        SELECT gen_random_uuid(), 0, ?, name, name, 'group/pumps', true, '{}', 'REGISTERED', 1,
                               now() - i * interval '1 second', now()
                        FROM (SELECT i, 'pump-' || to_char(i, 'FM00000') AS name FROM generate_series(1, ?) i) names""").params(tenant, devices).update();
    }

    private int devices() {
        return jdbc.sql("SELECT count(*) FROM registration WHERE tenant = ?")
                .param(tenant)
                .query(Integer.class)
                .single();
    }

    private void tellDeleted() {
        rabbit.convertAndSend(
                "registry.events",
                TenantEvent.DELETED,
                new TenantEvent(tenant, 2, null, TenantLimits.NONE, Instant.now()));
    }

    /** A group, an enrolment, and a device that has tried. */
    private void makeAll(String owner) {
        put(owner, "enrollment-groups/pumps", "{\"attestation\":{\"kind\":\"symmetric-key\"}}");
        put(owner, "enrollments/pump-17", "{\"attestation\":{\"kind\":\"claim-token\"},\"deviceId\":\"pump-17\"}");
        http.post()
                .uri("/bootstrap/v1/register")
                .header("Authorization", tokens.bearer(null, "device"))
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"tenant\":\"" + owner + "\",\"deviceId\":\"pump-17\",\"attestation\":"
                        + "{\"kind\":\"symmetric-key\",\"group\":\"pumps\",\"token\":\"wrong\"}}")
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    private void put(String owner, String path, String body) {
        http.put()
                .uri("/api/v1/" + path)
                .header("Authorization", tokens.bearer(owner, "integrator"))
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange()
                .expectStatus()
                .isCreated();
    }

    private String list(String owner, String path) {
        String body = http.get()
                .uri("/api/v1/" + path)
                .header("Authorization", tokens.bearer(owner, "viewer"))
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return body == null ? "" : body;
    }
}
