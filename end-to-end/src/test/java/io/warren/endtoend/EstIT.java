package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.est.ESTException;
import org.bouncycastle.est.ESTService;
import org.bouncycastle.est.EnrollmentResponse;
import org.bouncycastle.est.HttpAuth;
import org.bouncycastle.est.jcajce.JsseESTServiceBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices that speak EST and nothing of ours get a certificate, renew it, and come to the broker with it. */
@EndToEnd
class EstIT {

    private static final String PASSWORD = "changeit";

    @TempDir
    Path directory;

    private final Platform platform;
    private final Tenant tenant;
    private final Device pump;

    EstIT(Platform platform) {
        this.platform = platform;
        tenant = platform.newTenant();
        pump = new Device(platform, tenant.name(), "pump-17", "");
    }

    @Test
    void aStandardClientEnrolsRenewsAndConnects() throws Exception {
        KeyPair first = newKey();
        X509Certificate certificate = enrol(first, claimToken());
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=" + pump.name());
        publishesWith(first, certificate, "env");

        KeyPair second = newKey();
        X509Certificate renewed = certificate(est(keys(first, certificate)).simpleEnroll(true, request(second), null));
        assertThat(renewed.getPublicKey()).isEqualTo(second.getPublic());
        assertThat(renewed.getSubjectX500Principal()).isEqualTo(certificate.getSubjectX500Principal());
        publishesWith(second, renewed, "renewed");
        // the old one is good until it ends
        publishesWith(first, certificate, "old");
    }

    @Test
    void theAuthoritiesAreThoseThatTheInstallationTrusts() throws Exception {
        List<String> subjects = new ArrayList<>();
        authorities().forEach(authority -> subjects.add(authority.getSubject().toString()));
        List<String> trusted = Arrays.stream(platform.trust().getTrustManagers())
                .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                .map(authority -> X500Name.getInstance(
                                authority.getSubjectX500Principal().getEncoded())
                        .toString())
                .toList();
        assertThat(subjects).containsAll(trusted);
    }

    @Test
    void aProofThatIsNoneGetsNoCertificate() {
        assertThatThrownBy(() -> enrol(newKey(), "made-up")).isInstanceOf(IOException.class);
        tenant.rest().get("/api/v1/devices/pump-17").expectProblem(404);
    }

    @Test
    void aCertificateOfAnotherAuthorityRenewsNothing() throws Exception {
        KeyPair key = newKey();
        X509Certificate certificate = enrol(key, claimToken());
        KeyPair thief = newKey();
        assertThatThrownBy(
                        () -> est(keys(thief, selfSigned(thief, certificate))).simpleEnroll(true, request(thief), null))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aRevokedDeviceRenewsNothing() throws Exception {
        KeyPair key = newKey();
        X509Certificate certificate = enrol(key, claimToken());
        tenant.rest().patch("/api/v1/devices/pump-17", "{\"enabled\": false}").expect(200);
        KeyPair next = newKey();
        assertThatThrownBy(() -> est(keys(key, certificate)).simpleEnroll(true, request(next), null))
                .isInstanceOf(IOException.class);
    }

    @Test
    void itWorksFromAShell() throws Exception {
        run(
                "openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout pump.key -subj /CN=any -outform DER |"
                        + " base64 > pump.csr");
        Files.writeString(directory.resolve("curl.conf"), "user = \"" + pump.name() + ":" + claimToken() + "\"\n");
        String address = platform.httpsUrl() + "/.well-known/est/" + tenant.name();
        String post = "curl --fail --silent --show-error --cacert " + platform.value("WARREN_CA_FILE")
                + " -H 'Content-Type: application/pkcs10' --data-binary @pump.csr ";
        String read = " | base64 -d | openssl pkcs7 -inform DER -print_certs -out pump.pem";
        run(post + "--config curl.conf " + address + "/simpleenroll" + read);
        assertThat(run("openssl x509 -in pump.pem -noout -subject -nameopt RFC2253"))
                .contains("CN=" + pump.name());

        run(post + "--cert pump.pem --key pump.key " + address + "/simplereenroll" + read);
        assertThat(run("curl --fail --silent --show-error --cacert " + platform.value("WARREN_CA_FILE")
                        + " --cert pump.pem --key pump.key " + platform.httpsUrl() + "/device/v1/identity"))
                .contains("\"pump-17\"");
    }

    private X509Certificate enrol(KeyPair key, String proof) throws Exception {
        return certificate(
                est(null).simpleEnroll(false, request(key), new HttpAuth(null, pump.name(), proof.toCharArray())));
    }

    private void publishesWith(KeyPair key, X509Certificate certificate, String stream) throws Exception {
        try (Connection connection = Connection.open(pump.anonymousClient()
                .identifier(pump.name())
                .sslConfig(MqttClientSslConfig.builder()
                        .trustManagerFactory(platform.trust())
                        .keyManagerFactory(keys(key, certificate))
                        .build())
                .build())) {
            connection.publish(pump.up("telemetry/" + stream), "{\"temperature\": 21.5}");
            await().untilAsserted(() -> assertThat(tenant.history(pump, stream)).hasSize(1));
        }
    }

    private ESTService est(@Nullable KeyManagerFactory keys) {
        JsseESTServiceBuilder builder = new JsseESTServiceBuilder(
                platform.httpsUrl().substring("https://".length()),
                Arrays.stream(platform.trust().getTrustManagers())
                        .map((TrustManager manager) -> (X509TrustManager) manager)
                        .toArray(X509TrustManager[]::new));
        builder.withLabel(tenant.name());
        builder.withTimeout(60_000);
        if (keys != null) {
            builder.withKeyManagers(keys.getKeyManagers());
        }
        return builder.build();
    }

    private static X509Certificate certificate(EnrollmentResponse answer)
            throws ESTException, GeneralSecurityException {
        Collection<X509CertificateHolder> certificates = answer.getStore().getMatches(null);
        return new JcaX509CertificateConverter()
                .getCertificate(certificates.iterator().next());
    }

    private KeyManagerFactory keys(KeyPair key, X509Certificate certificate)
            throws GeneralSecurityException, IOException {
        List<Certificate> chain = new ArrayList<>(List.of(certificate));
        for (X509CertificateHolder authority : authorities()) {
            if (authority
                    .getSubject()
                    .equals(X500Name.getInstance(
                            certificate.getIssuerX500Principal().getEncoded()))) {
                chain.add(new JcaX509CertificateConverter().getCertificate(authority));
            }
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("device", key.getPrivate(), PASSWORD.toCharArray(), chain.toArray(Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        return keys;
    }

    /** With the names of another one. */
    private static X509Certificate selfSigned(KeyPair key, X509Certificate like)
            throws GeneralSecurityException, OperatorCreationException {
        X500Name name = X500Name.getInstance(like.getSubjectX500Principal().getEncoded());
        return new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                name,
                                like.getSerialNumber(),
                                like.getNotBefore(),
                                like.getNotAfter(),
                                name,
                                key.getPublic())
                        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
    }

    private Collection<X509CertificateHolder> authorities() throws ESTException {
        return est(null).getCACerts().getCertificateStore().getMatches(null);
    }

    private static PKCS10CertificationRequest request(KeyPair key) throws OperatorCreationException {
        return new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=somebody else"), key.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()));
    }

    private static KeyPair newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private String claimToken() {
        return tenant.rest()
                .post("/api/v1/enrollments", "{\"attestation\": {\"kind\": \"claim-token\"}}")
                .expect(201)
                .text("/claimToken");
    }

    private String run(String script) throws IOException, InterruptedException {
        File output = directory.resolve("output").toFile();
        Process process = new ProcessBuilder("bash", "-eo", "pipefail", "-c", script)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(output.toPath(), StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
