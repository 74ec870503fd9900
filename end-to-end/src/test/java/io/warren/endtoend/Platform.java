package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.TrustManagerFactory;

/** The platform under test, as anybody who was given its addresses and keys sees it. */
final class Platform {

    static final String INSTANCE = "e2e";

    private final Script script;
    private final Map<String, String> env;
    private final TrustManagerFactory trust;
    private final Rest anonymous;

    private Platform(Script script, Map<String, String> env) {
        this.script = script;
        this.env = env;
        this.trust = trust(Path.of(value("WARREN_CA_FILE")));
        this.anonymous = new Rest(httpsUrl(), trust);
    }

    static Platform start(Script script) {
        script.succeed("up");
        return new Platform(script, script.env());
    }

    Script script() {
        return script;
    }

    /** A value of the file {@code env} that {@code up} leaves behind. */
    String value(String name) {
        return assertThat(env.get(name)).as(name).isNotNull().actual();
    }

    int port(String name) {
        return Integer.parseInt(value(name));
    }

    String httpsUrl() {
        return value("WARREN_HTTPS_URL");
    }

    TrustManagerFactory trust() {
        return trust;
    }

    /** The REST API with the key of the platform's administrator. */
    Rest administrator() {
        return as(value("WARREN_API_KEY"));
    }

    /** The REST API with another key. */
    Rest as(String key) {
        return anonymous().withKey(key);
    }

    /** The REST API without a key. */
    Rest anonymous() {
        return anonymous;
    }

    /** A tenant of the test's own, so that tests do not meet. */
    Tenant newTenant() {
        String name = "t-" + UUID.randomUUID().toString().substring(0, 13);
        administrator()
                .put("/api/v1/tenants/" + name, "{\"name\": \"End to end\"}")
                .expect(201);
        String key = administrator()
                .with("Warren-Tenant", name)
                .post("/api/v1/api-keys", "{\"name\": \"test\", \"role\": \"admin\"}")
                .expect(201)
                .text("/key");
        return new Tenant(this, name, as(key));
    }

    private static TrustManagerFactory trust(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + store.size(), certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
