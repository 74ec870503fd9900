package io.warren.firmware.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceTopics;
import io.warren.contracts.firmware.DeploymentEvent;
import io.warren.contracts.registry.DeviceEvent;
import io.warren.firmware.FirmwareTest;
import io.warren.firmware.Integrator;
import io.warren.firmware.directory.DeviceDirectory;
import io.warren.testing.backing.Backed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.rabbit.annotation.Exchange;
import org.springframework.amqp.rabbit.annotation.Queue;
import org.springframework.amqp.rabbit.annotation.QueueBinding;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Deployments on a real broker, where the test plays the devices and the registry. */
@FirmwareTest
@Backed(broker = Backed.Broker.OWN_VHOST)
@Import(DeploymentIT.Peers.class)
class DeploymentIT {

    /** A device whose topics a queue is bound to, as those of a connected device are. */
    private static final String PUMP = "pump-17";

    private static final HttpServer registry = startRegistry();
    private static volatile int registryStatus = 404;

    @Autowired
    private Integrator integrator;

    @Autowired
    private RabbitTemplate rabbit;

    @Autowired
    private Peers peers;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private JobDispatch dispatch;

    @Autowired
    private Jobs jobs;

    @Autowired
    private DeviceDirectory directory;

    private String tenant = "";
    private String release = "";

    @DynamicPropertySource
    static void registry(DynamicPropertyRegistry properties) {
        properties.add(
                "warren.firmware.directory.registry-url",
                () -> "http://127.0.0.1:" + registry.getAddress().getPort());
    }

    @BeforeEach
    void ownTenantWithARelease() {
        registryStatus = 404;
        tenant = "t" + UUID.randomUUID().toString().substring(0, 8);
        release = integrator.release(tenant, "r1", integrator.artifact(tenant, "fw.bin", new byte[1000]));
        integrator.device(tenant, PUMP);
        peers.messages.clear();
    }

    @Test
    void aConnectedDeviceIsGivenItsJob() {
        String id = integrator.deploy(tenant, PUMP, release);

        JsonNode job = received("firmware.job");
        assertThat(job.get("deploymentId").stringValue()).isEqualTo(id);
        assertThat(job.get("action").stringValue()).isEqualTo("install");
        assertThat(job.at("/release/version").stringValue()).isEqualTo("1.0.0");
        assertThat(job.get("mode").stringValue()).isEqualTo("forced");
        assertThat(job.at("/artifacts/0/name").stringValue()).isEqualTo("fw.bin");
        assertThat(job.at("/artifacts/0/size").intValue()).isEqualTo(1000);
        assertThat(job.at("/artifacts/0/url").stringValue())
                .startsWith("https://warren.example.com/device/v1/artifacts/");
        awaitStatus(PUMP, id, "sent");
    }

    @Test
    void aDeviceThatIsNotThereGetsItsJobWhenItAsks() {
        integrator.device(tenant, "offline-1");
        String id = integrator.deploy(tenant, "offline-1", release);
        await().untilAsserted(() -> assertThat(jdbc.sql("SELECT announced_at FROM deployment WHERE id = ?::uuid")
                        .param(id)
                        .query(Instant.class)
                        .optional())
                .isPresent());
        assertThat(status("offline-1", id)).isEqualTo("pending");

        say("offline-1", "firmware.next.r-1", "");

        awaitStatus("offline-1", id, "sent");
    }

    @Test
    void aDeviceThatAsksIsAnsweredWithItsJobOrWithNothing() {
        say(PUMP, "firmware.next.r-1", "");
        assertThat(received("firmware.next.r-1")).isEmpty();

        String id = integrator.deploy(tenant, PUMP, release);
        say(PUMP, "firmware.next.r-2", "{}");
        assertThat(received("firmware.next.r-2").get("deploymentId").stringValue())
                .isEqualTo(id);
    }

    @Test
    void aDeviceCarriesItsJobOutAndEverythingIsOnRecordAndTold() {
        String id = integrator.deploy(tenant, PUMP, release);
        received("firmware.job");
        awaitStatus(PUMP, id, "sent");

        for (String status : List.of("accepted", "downloading", "downloaded", "installing", "rebooting", "succeeded")) {
            report(PUMP, id, status);
            // one by one: the template publishes on any of several channels, which keep no order among themselves
            awaitStatus(PUMP, id, status);
        }
        report(PUMP, id, "downloading");

        await().untilAsserted(() -> assertThat(
                        integrator.get(tenant, path(PUMP, id)).json().get("history"))
                .hasSize(9));
        await().untilAsserted(() -> assertThat(
                        peers.events.stream().filter(event -> event.deployment().equals(id)))
                .extracting(DeploymentEvent::status)
                .containsExactly(
                        "pending",
                        "sent",
                        "accepted",
                        "downloading",
                        "downloaded",
                        "installing",
                        "rebooting",
                        "succeeded"));
        integrator.deploy(tenant, PUMP, release);
    }

    @Test
    void aDeviceIsUpdatedOnceAtATime() {
        integrator.deploy(tenant, PUMP, release);

        assertThat(integrator
                        .post(tenant, "/api/v1/devices/pump-17/deployments", """
                                {"release":"r1","mode":"optional"}""")
                        .is(409)
                        .body())
                .contains("urn:warren:problem:deployment-active");
    }

    @Test
    void aDeploymentThatIsTakenBackIsToldToTheDevice() {
        String id = integrator.deploy(tenant, PUMP, release);
        received("firmware.job");
        awaitStatus(PUMP, id, "sent");
        report(PUMP, id, "downloading");
        awaitStatus(PUMP, id, "downloading");

        integrator.post(tenant, path(PUMP, id) + ":cancel", "{}").is(200);

        JsonNode job = received("firmware.job");
        assertThat(job.get("action").stringValue()).isEqualTo("cancel");
        assertThat(job.get("deploymentId").stringValue()).isEqualTo(id);
        report(PUMP, id, "installing");
        assertThat(received("firmware.job").get("action").stringValue()).isEqualTo("cancel");
        assertThat(status(PUMP, id)).isEqualTo("cancelled");
        integrator.post(tenant, path(PUMP, id) + ":cancel", "{}").is(200);
    }

    @Test
    void aDeploymentThatIsTakenBackWhileItsJobIsOnItsWayIsToldToTheDeviceBehindIt() {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                        INSERT INTO deployment (id, version, tenant, device_id, release_id, mode, status, created_at, updated_at)
                        VALUES (?, 0, ?, ?, 'r1', 'FORCED', 'PENDING', now(), now())""").params(id, tenant, PUMP).update();

        integrator.post(tenant, path(PUMP, id.toString()) + ":cancel", "{}").is(200);
        assertThat(received("firmware.job").get("action").stringValue()).isEqualTo("cancel");
        await().until(() -> announced(id));
        jobs.announced(id, Job.Action.INSTALL, true);
        jdbc.sql("UPDATE deployment SET updated_at = now() - interval '1 minute' WHERE id = ?")
                .param(id)
                .update();
        dispatch.sweep();

        assertThat(received("firmware.job").get("action").stringValue()).isEqualTo("cancel");
        await().until(() -> announced(id));
    }

    @Test
    void aServiceKilledBetweenRowAndJobSendsTheJobLater() {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                        INSERT INTO deployment (id, version, tenant, device_id, release_id, mode, status, created_at, updated_at)
                        VALUES (?, 0, ?, ?, 'r1', 'FORCED', 'PENDING', now() - interval '1 minute', now() - interval '1 minute')""").params(id, tenant, PUMP).update();

        dispatch.sweep();

        assertThat(received("firmware.job").get("deploymentId").stringValue()).isEqualTo(id.toString());
        awaitStatus(PUMP, id.toString(), "sent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"deploymentId\":\"x\",\"status\":\"accepted\"}",
                "{\"deploymentId\":\"6f1e4c9a-0d53-4f7e-9d5e-0a8f3a1c2b4d\",\"status\":\"accepted\"}"
            })
    void aStatusThatCannotBeUnderstoodIsAnsweredOnErrors(String body) {
        say(PUMP, "firmware.status", body);

        JsonNode error = received("errors");
        assertThat(error.get("topic").stringValue()).isEqualTo("v1/" + tenant + "/pump-17/up/firmware/status");
        assertThat(error.at("/problem/type").stringValue()).startsWith("urn:warren:problem:");
        assertThat(error.at("/problem/status").intValue()).isBetween(400, 499);
    }

    @Test
    void aDeviceCannotSpeakOfAnothersDeployment() {
        integrator.device(tenant, "pump-18");
        String id = integrator.deploy(tenant, "pump-18", release);

        report(PUMP, id, "failed");

        assertThat(received("errors").at("/problem/type").stringValue()).endsWith("deployment-not-found");
        assertThat(status("pump-18", id)).isIn("pending", "sent");
    }

    @Test
    void aMessageFromAnotherSenderIsSetAside() {
        String id = integrator.deploy(tenant, PUMP, release);
        received("firmware.job");

        publish("v1." + tenant + ".pump-17.up.firmware.status", "intruder@" + tenant, statusBody(id, "failed"));

        await().untilAsserted(() ->
                assertThat(rabbit.receive("firmware.device.dead", 100)).isNotNull());
        assertThat(status(PUMP, id)).isNotEqualTo("failed");
    }

    @Test
    void theRegistrysEventsSayWhichDevicesThereAre() {
        registered("pump-20", 1, DeviceEvent.REGISTERED);
        await().untilAsserted(() ->
                integrator.get(tenant, "/api/v1/devices/pump-20/deployments").is(200));

        registered("pump-20", 3, DeviceEvent.DELETED);
        await().untilAsserted(() ->
                integrator.get(tenant, "/api/v1/devices/pump-20/deployments").is(404));

        registered("pump-20", 2, DeviceEvent.UPDATED);
        registered("pump-21", 1, DeviceEvent.REGISTERED);
        await().untilAsserted(() ->
                integrator.get(tenant, "/api/v1/devices/pump-21/deployments").is(200));
        integrator.get(tenant, "/api/v1/devices/pump-20/deployments").is(404);
    }

    @Test
    void aGatewaySpeaksForTheDevicesBehindItAndForNoOther() {
        integrator.device(tenant, "sensor-1");
        integrator.device(tenant, "sensor-2");
        jdbc.sql("UPDATE directory SET gateway = ? WHERE tenant = ? AND device = 'sensor-1'")
                .params(PUMP, tenant)
                .update();
        String id = integrator.deploy(tenant, "sensor-1", release);
        String other = integrator.deploy(tenant, "sensor-2", release);
        assertThat(received("via.sensor-1.firmware.job").get("deploymentId").stringValue())
                .isEqualTo(id);

        report(PUMP, "via.sensor-2.firmware.status", other, "failed");
        assertThat(received("errors").at("/problem/type").stringValue()).endsWith("not-behind-gateway");
        report(PUMP, "via.sensor-1.firmware.status", id, "accepted");
        awaitStatus("sensor-1", id, "accepted");
        say(PUMP, "via.sensor-1.firmware.next.r1", "");
        assertThat(received("via.sensor-1.firmware.next.r1").get("deploymentId").stringValue())
                .isEqualTo(id);
        assertThat(status("sensor-2", other)).isIn("pending", "sent");

        registered("sensor-1", 99, DeviceEvent.UPDATED);
        await().until(() ->
                directory.routeTo(DeviceAddress.of(tenant, "sensor-1")).gateway() == null);
        report(PUMP, "via.sensor-1.firmware.status", id, "failed");
        say(PUMP, "firmware.next.r2", "");
        received("firmware.next.r2"); // read after the report
        assertThat(status("sensor-1", id)).isEqualTo("accepted");
    }

    @Test
    void aDeletedDevicesDeploymentEndsWithIt() {
        registered("pump-22", 1, DeviceEvent.REGISTERED);
        await().untilAsserted(() ->
                integrator.get(tenant, "/api/v1/devices/pump-22/deployments").is(200));
        String id = integrator.deploy(tenant, "pump-22", release);

        registered("pump-22", 2, DeviceEvent.DELETED);

        await().untilAsserted(() -> assertThat(jdbc.sql("SELECT status FROM deployment WHERE id = ?::uuid")
                        .param(id)
                        .query(String.class)
                        .single())
                .isEqualTo("CANCELLED"));
    }

    @ParameterizedTest
    @CsvSource({"200,201", "404,404", "503,503", "401,503"})
    void aDeviceThatNoEventHasToldOfIsAskedForAtTheRegistry(int answer, int status) {
        registryStatus = answer;

        integrator.post(tenant, "/api/v1/devices/new-1/deployments", """
                        {"release":"r1","mode":"forced"}""").is(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"release\":\"nope\",\"mode\":\"forced\"}",
                "{\"release\":\"draft\",\"mode\":\"forced\"}",
                "{\"release\":\"r\\u0000\",\"mode\":\"forced\"}",
                "{\"release\":\"r1\"}",
                "{\"release\":\"r1\",\"mode\":\"maybe\"}",
                "{\"release\":\"r1\",\"mode\":\"forced\",\"deadline\":\"2001-01-01T00:00:00Z\"}",
                "{\"release\":\"r1\",\"mode\":\"forced\",\"deadline\":\"+999999-01-01T00:00:00Z\"}"
            })
    void whatCannotBeDeployedIsRefused(String body) {
        integrator
                .put(
                        tenant,
                        "/api/v1/releases/draft",
                        integrator.releaseBody("d", "1.0.0", integrator.artifact(tenant, "d.bin", new byte[1])))
                .is(201);

        assertThat(integrator
                        .post(tenant, "/api/v1/devices/pump-17/deployments", body)
                        .is(422)
                        .body())
                .contains("\"pointer\"");
    }

    @Test
    void whatAnotherTenantOwnsDoesNotExist() {
        String id = integrator.deploy(tenant, PUMP, release);
        String stranger = "s" + tenant.substring(1);
        integrator.device(stranger, PUMP);

        integrator.get(stranger, path(PUMP, id)).is(404);
        integrator.post(stranger, path(PUMP, id) + ":cancel", "{}").is(404);
        integrator.post(stranger, "/api/v1/devices/pump-17/deployments", """
                {"release":"r1","mode":"forced"}""").is(422);
        assertThat(integrator
                        .get(stranger, "/api/v1/devices/pump-17/deployments")
                        .is(200)
                        .json()
                        .get("items"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"viewer,403", "device,403", "operator,201", "integrator,201"})
    void operatorsDeploy(String role, int status) {
        integrator
                .call(tenant, role, HttpMethod.POST, "/api/v1/devices/pump-17/deployments", """
                        {"release":"r1","mode":"forced"}""")
                .is(status);
    }

    private boolean announced(UUID deployment) {
        return jdbc.sql("SELECT announced_at IS NOT NULL FROM deployment WHERE id = ?")
                .param(deployment)
                .query(Boolean.class)
                .single();
    }

    private void registered(String device, long version, String type) {
        DeviceEvent event = new DeviceEvent(
                tenant, device, version, "generic", null, Map.of(), null, true, Instant.parse("2026-11-21T10:00:00Z"));
        rabbit.convertAndSend("registry.events", type, event, message -> {
            message.getMessageProperties().setMessageId(UUID.randomUUID().toString());
            return message;
        });
    }

    private void report(String device, String deployment, String status) {
        report(device, "firmware.status", deployment, status);
    }

    private void report(String device, String path, String deployment, String status) {
        say(device, path, statusBody(deployment, status));
    }

    private static String statusBody(String deployment, String status) {
        return "{\"deploymentId\":\"" + deployment + "\",\"status\":\"" + status + "\"}";
    }

    private void say(String device, String path, String body) {
        DeviceAddress address = DeviceAddress.of(tenant, device);
        publish(DeviceTopics.up(address, path), address.toString(), body);
    }

    /** As the broker passes on what a device publishes: with no content type that says anything, and with the sender's name. */
    private void publish(String key, String sender, String body) {
        Message message = MessageBuilder.withBody(body.getBytes(StandardCharsets.UTF_8))
                .setHeader(DeviceTopics.CLIENT_ID_HEADER, sender)
                .build();
        rabbit.send(DeviceTopics.EXCHANGE, key, message);
    }

    private static HttpServer startRegistry() {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/api/v1/devices/", exchange -> {
            boolean authorized = exchange.getRequestHeaders().getFirst("Authorization") != null;
            exchange.sendResponseHeaders(authorized ? registryStatus : 401, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    /** The next message to {@link #PUMP} below {@code down}. */
    private JsonNode received(String path) {
        String key = "v1." + tenant + ".pump-17.down." + path;
        return await().until(
                        () -> {
                            for (Message message : peers.messages) {
                                if (key.equals(message.getMessageProperties().getReceivedRoutingKey())) {
                                    peers.messages.remove(message);
                                    return JsonMapper.shared().readTree(message.getBody());
                                }
                            }
                            return JsonMapper.shared().missingNode();
                        },
                        found -> !found.isMissingNode());
    }

    private void awaitStatus(String device, String id, String status) {
        await().untilAsserted(() -> assertThat(status(device, id)).isEqualTo(status));
    }

    private String status(String device, String id) {
        return integrator.get(tenant, path(device, id)).is(200).text("/status");
    }

    private static String path(String device, String id) {
        return "/api/v1/devices/" + device + "/deployments/" + id;
    }

    /** A device that is connected, and whoever follows deployments. */
    static class Peers {

        final List<Message> messages = new CopyOnWriteArrayList<>();
        final List<DeploymentEvent> events = new CopyOnWriteArrayList<>();

        @RabbitListener(
                bindings =
                        @QueueBinding(
                                value = @Queue,
                                exchange = @Exchange(name = DeviceTopics.EXCHANGE, type = "topic"),
                                key = "v1.*.pump-17.down.#"))
        void device(Message message) {
            messages.add(message);
        }

        @RabbitListener(
                bindings =
                        @QueueBinding(
                                value = @Queue,
                                exchange = @Exchange(name = DeploymentEvent.EXCHANGE, type = "topic"),
                                key = "deployment.#"))
        void follow(DeploymentEvent event) {
            events.add(event);
        }
    }
}
