package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.exceptions.ConnectionFailedException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** A device comes to the broker with a certificate of an authority that the broker trusts. */
@EndToEnd
class CertificateIT {

    @TempDir
    Path directory;

    private final Platform platform;
    private final Tenant tenant;
    private final Device device;

    CertificateIT(Platform platform) {
        this.platform = platform;
        tenant = platform.newTenant();
        device = tenant.newDevice();
    }

    @Test
    void itGetsInWithOneThatIsAdmittedUntilThatIsRevoked() throws Exception {
        KeyManagerFactory keys = issue(device.name());
        assertRefused(client(keys, device.name()));
        String credential = admit();

        try (Connection connection = Connection.open(client(keys, device.name()).build())) {
            connection.publish(device.up("telemetry/env"), "{\"temperature\": 21.5}");
            await().untilAsserted(
                            () -> assertThat(tenant.history(device, "env")).hasSize(1));

            tenant.rest()
                    .delete("/api/v1/devices/" + device.id() + "/credentials/" + credential)
                    .expect(204);

            await().until(() -> !connection.isOpen());
        }
        assertRefused(client(keys, device.name()));
    }

    @Test
    void itDoesNotGetInAsAnother() throws Exception {
        Device other = tenant.newDevice();
        KeyManagerFactory keys = issue(device.name());
        admit();

        assertRefused(client(keys, other.name()));
        assertRefused(
                client(keys, device.name()).simpleAuth().username(other.name()).applySimpleAuth());
    }

    @Test
    void nobodyGetsInWithoutACertificateAndAPassword() throws Exception {
        issue(device.name());
        admit();

        assertRefused(device.anonymousClient().identifier(device.name()));
        assertRefused(device.anonymousClient()
                .identifier(device.name())
                .simpleAuth()
                .username(device.name())
                .applySimpleAuth());
    }

    @Test
    void overWebSocketNobodyIsAskedForACertificate() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(issue(device.name()).getKeyManagers(), platform.trust().getTrustManagers(), null);

        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket("localhost", platform.port("WARREN_WSS_PORT"))) {
            socket.setSoTimeout(20_000);
            socket.startHandshake();

            assertThat(socket.getSession().getLocalCertificates()).isNull();
        }
    }

    private static void assertRefused(Mqtt5ClientBuilder client) {
        assertThatThrownBy(() -> Connection.open(client.build()))
                .isInstanceOfAny(Mqtt5ConnAckException.class, ConnectionFailedException.class);
    }

    private Mqtt5ClientBuilder client(KeyManagerFactory keys, String name) {
        return device.anonymousClient().identifier(name).sslConfig(tls(keys));
    }

    private MqttClientSslConfig tls(KeyManagerFactory keys) {
        return MqttClientSslConfig.builder()
                .trustManagerFactory(platform.trust())
                .keyManagerFactory(keys)
                .build();
    }

    /** Admits the certificate that was issued; its credential's id. */
    private String admit() throws IOException {
        String body = JsonMapper.shared()
                .writeValueAsString(JsonNodeFactory.instance
                        .objectNode()
                        .put("kind", "certificate")
                        .put("certificate", Files.readString(directory.resolve("device.pem"))));
        return tenant.rest()
                .post("/api/v1/devices/" + device.id() + "/credentials", body)
                .expect(201)
                .text("/id");
    }

    /** Has the authority of the installation issue a certificate, as its operator would. */
    private KeyManagerFactory issue(String commonName) throws IOException, GeneralSecurityException {
        KeyFiles files = new KeyFiles(directory);
        Path tls = platform.script().state().resolve("tls");
        files.request("device", "/CN=" + commonName);
        files.openssl(
                "x509",
                "-req",
                "-in",
                "device.csr",
                "-CA",
                tls.resolve("ca.pem").toString(),
                "-CAkey",
                tls.resolve("ca.key").toString(),
                "-days",
                "1",
                "-out",
                "device.pem");
        return files.keys("device");
    }
}
