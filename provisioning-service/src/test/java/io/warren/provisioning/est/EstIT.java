package io.warren.provisioning.est;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.CertificateRenewal;
import io.warren.contracts.registry.RegistrationReply;
import io.warren.contracts.registry.RegistrationReply.Outcome;
import io.warren.platform.clientcertificate.ClientCertFields;
import io.warren.provisioning.ProvisioningTest;
import io.warren.provisioning.TestAuthorities;
import io.warren.provisioning.certificate.CertificateIssue;
import io.warren.provisioning.certificate.Certificates;
import io.warren.provisioning.certificate.RevocationReason;
import io.warren.provisioning.issuing.CertificateRequest;
import io.warren.provisioning.turnstile.Turnstile;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import io.warren.testing.tls.TestIdentity;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.est.CSRAttributesResponse;
import org.bouncycastle.est.ESTException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

/** EST as the gateway hands it on: the certificate of the connection, and what the device signs in with, in header fields. */
@ProvisioningTest
@Backed(broker = Backed.Broker.OWN_VHOST)
@Import(EstIT.Peers.class)
class EstIT {

    /** As many as there are, unless it is said otherwise. */
    private static final int PLACES = 16;

    @Autowired
    private RestTestClient http;

    @Autowired
    private TestTokens tokens;

    @Autowired
    private CertificateIssue certificates;

    @Autowired
    private Certificates registered;

    @Autowired
    private Turnstile turnstile;

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Peers peers;

    private final KeyPair key = TestAuthorities.key("secp256r1");
    private DeviceAddress pump = DeviceAddress.of("acme", "pump");

    @BeforeEach
    void ownTenant() {
        pump = DeviceAddress.of("t" + UUID.randomUUID().toString().substring(0, 8), "pump");
        peers.renewals.clear();
        peers.answer = () -> new RegistrationReply(Outcome.REGISTERED, null);
    }

    @Test
    void theAuthoritiesAreThoseThatIssueAndThoseToTrust() throws Exception {
        RestTestClient.ResponseSpec answer = get("cacerts").expectStatus().isOk();
        answer.expectHeader().valueEquals("Content-Type", "application/pkcs7-mime;smime-type=certs-only");
        answer.expectHeader().valueEquals("Content-Transfer-Encoding", "base64");
        List<String> subjects = certificates(answer).stream()
                .map(certificate -> certificate.getSubject().toString())
                .toList();
        assertThat(subjects).containsExactlyInAnyOrder("CN=test", "CN=Root");
    }

    @Test
    void theAttributesSayWhatKeyIsWanted() throws ESTException {
        RestTestClient.ResponseSpec answer = get("csrattrs").expectStatus().isOk();
        answer.expectHeader().valueEquals("Content-Type", "application/csrattrs");
        CSRAttributesResponse attributes = new CSRAttributesResponse(decoded(answer));
        assertThat(attributes.hasRequirement(X9ObjectIdentifiers.ecdsa_with_SHA256))
                .isTrue();
        assertThat(attributes.hasRequirement(X9ObjectIdentifiers.id_ecPublicKey))
                .isTrue();
    }

    @Test
    void aDeviceRenewsItsCertificateForAnotherKeyAndKeepsItsName() throws Exception {
        X509Certificate current = issue();
        KeyPair next = TestAuthorities.key("Ed25519");

        X509CertificateHolder renewed = theOne(
                renew(current, TestAuthorities.request(next)).expectStatus().isOk());

        // the standard wants it alone: the others are among the authorities
        assertThat(renewed.getSubject()).hasToString("CN=" + pump);
        assertThat(renewed.getSubjectPublicKeyInfo().getEncoded())
                .isEqualTo(next.getPublic().getEncoded());
        assertThat(peers.renewals).singleElement().satisfies(renewal -> {
            assertThat(renewal.device()).isEqualTo("pump");
            assertThat(renewal.currentSha256()).isEqualTo(sha256(current.getEncoded()));
            assertThat(renewal.next().sha256()).isEqualTo(sha256(renewed.getEncoded()));
        });
    }

    @Test
    void askingAgainWithTheSameKeyGivesTheSameCertificateWhileThatIsYoung() throws Exception {
        X509Certificate current = issue();
        X509CertificateHolder same = theOne(
                renew(current, TestAuthorities.request(key)).expectStatus().isOk());
        assertThat(same.getEncoded()).isEqualTo(current.getEncoded());
    }

    @Test
    void whatIsNotItsCurrentCertificateRenewsNothing() throws Exception {
        X509Certificate current = issue();
        String request = TestAuthorities.request(key);
        http.post()
                .uri("/.well-known/est/other/simplereenroll")
                .headers(headers -> sign(headers, current))
                .body(request)
                .exchange()
                .expectStatus()
                .isForbidden();
        X509Certificate foreign =
                TestIdentity.authority("CN=Other").issue("CN=" + pump).make().certificate();
        renew(foreign, request).expectStatus().isForbidden();
        jdbc.sql("UPDATE certificate SET revoked_at = now(), reason = 'KEY_COMPROMISE' WHERE tenant = ?")
                .param(pump.tenant().value())
                .update();
        text(renew(current, request), 403);
        assertThat(peers.renewals).isEmpty();
        post("simplereenroll", request).expectStatus().isUnauthorized();
    }

    @Test
    void theRegistryHasTheLastWord() throws Exception {
        X509Certificate current = issue();
        peers.answer = () -> new RegistrationReply(Outcome.REFUSED, "disabled");
        assertThat(text(renew(current, TestAuthorities.request(key)), 403)).doesNotContain("disabled");
    }

    @Test
    void whatTheRegistryDoesNotAdmitLeavesTheCurrentOneAlone() throws Exception {
        X509Certificate current = issue();
        peers.answer = () -> new RegistrationReply(Outcome.REFUSED, "disabled");

        renew(current, TestAuthorities.request(TestAuthorities.key("Ed25519")))
                .expectStatus()
                .isForbidden();
        renew(current, TestAuthorities.request(key)).expectStatus().isForbidden();

        assertThat(given()).containsExactly(current.getSerialNumber().toString(16));
    }

    @Test
    void whereTooManyWantInTheOthersAreToRenewLater() throws Exception {
        X509Certificate current = issue();
        CountDownLatch in = new CountDownLatch(PLACES);
        CountDownLatch end = new CountDownLatch(1);
        ExecutorService others = Executors.newVirtualThreadPerTaskExecutor();
        try (others) {
            for (int i = 0; i < PLACES; i++) {
                others.execute(() -> turnstile.pass(new Object(), () -> {
                    in.countDown();
                    return stay(end);
                }));
            }
            in.await();

            HttpResponse<String> answer = renewOnce(current, TestAuthorities.request(key));

            end.countDown();
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                    .isBetween(5L, 8L);
        }
        assertThat(peers.renewals).isEmpty();
    }

    /** With a client that does not wait for {@code Retry-After} and ask again by itself. */
    private HttpResponse<String> renewOnce(X509Certificate current, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        "http://localhost:" + port + "/.well-known/est/" + pump.tenant() + "/simplereenroll"))
                .header("Authorization", tokens.bearer(null, "device"))
                .header("Content-Type", "application/pkcs10")
                .header("Client-Cert", ClientCertFields.item(current))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient once = HttpClient.newHttpClient()) {
            return once.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static boolean stay(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void aDeviceThatWasDeletedMeanwhileGetsOneThatIsNotRevoked() throws Exception {
        X509Certificate current = issue();
        peers.answer = () -> {
            if (peers.renewals.size() == 1) {
                registered.revokeAll(pump, Instant.now(), RevocationReason.CESSATION_OF_OPERATION);
            }
            return new RegistrationReply(Outcome.REGISTERED, null);
        };

        X509CertificateHolder next = theOne(
                renew(current, TestAuthorities.request(key)).expectStatus().isOk());

        assertThat(next.getSerialNumber()).isNotEqualTo(current.getSerialNumber());
        assertThat(peers.renewals).hasSize(2);
        registered.revokeAll(pump, next.getNotBefore().toInstant(), RevocationReason.CESSATION_OF_OPERATION);
        assertThat(given()).contains(next.getSerialNumber().toString(16));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "MIIB", "-----BEGIN CERTIFICATE REQUEST-----"})
    void whatIsNoRequestIsSaidSoInText(String body) throws Exception {
        assertThat(text(renew(issue(), body), 400)).contains("/csr");
    }

    @Test
    void aRequestOfAnotherTypeIsRefused() {
        http.post()
                .uri("/.well-known/est/" + pump.tenant() + "/simpleenroll")
                .header("Authorization", tokens.bearer(null, "device"))
                .contentType(MediaType.TEXT_PLAIN)
                .body("x")
                .exchange()
                .expectStatus()
                .isEqualTo(415);
    }

    @Test
    void whoShowsNothingIsAskedTo() {
        RestTestClient.ResponseSpec answer = post("simpleenroll", TestAuthorities.request(key));
        answer.expectHeader().valueEquals("WWW-Authenticate", "Basic realm=\"warren-est\", charset=\"UTF-8\"");
        answer.expectStatus().isUnauthorized().expectBody().isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pump:wrong", "pump@other:wrong", "pump@{t}", "pump@{t}:", "pump@{t}:wrong", "a.b@{t}:wrong"})
    void aWrongProofIsRefusedWithAChallenge(String credentials) {
        RestTestClient.ResponseSpec answer = http.post()
                .uri("/.well-known/est/" + pump.tenant() + "/simpleenroll")
                .headers(headers -> {
                    sign(headers, null);
                    headers.set(
                            "Warren-Device-Authorization",
                            "Basic "
                                    + Base64.getEncoder()
                                            .encodeToString(credentials
                                                    .replace(
                                                            "{t}", pump.tenant().value())
                                                    .getBytes(StandardCharsets.UTF_8)));
                })
                .body(TestAuthorities.request(key))
                .exchange();
        answer.expectHeader().exists("WWW-Authenticate");
        answer.expectStatus().isUnauthorized().expectBody().isEmpty();
    }

    private X509Certificate issue() throws Exception {
        String pem = certificates
                .issue(pump, CertificateRequest.parse(TestAuthorities.request(key)), "test", null)
                .pem();
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private List<String> given() {
        return jdbc.sql("""
                        SELECT serial FROM certificate
                        WHERE tenant = ? AND withheld_at IS NULL AND revoked_at IS NULL""")
                .param(pump.tenant().value())
                .query((row, _) -> row.getString(1))
                .list();
    }

    private RestTestClient.ResponseSpec get(String operation) {
        return http.get()
                .uri("/.well-known/est/" + pump.tenant() + "/" + operation)
                .header("Authorization", tokens.bearer(null, "device"))
                .exchange();
    }

    private RestTestClient.ResponseSpec post(String operation, String body) {
        return http.post()
                .uri("/.well-known/est/" + pump.tenant() + "/" + operation)
                .headers(headers -> sign(headers, null))
                .body(body)
                .exchange();
    }

    private RestTestClient.ResponseSpec renew(X509Certificate current, String body) {
        return http.post()
                .uri("/.well-known/est/" + pump.tenant() + "/simplereenroll")
                .headers(headers -> sign(headers, current))
                .body(body)
                .exchange();
    }

    private void sign(HttpHeaders headers, @Nullable X509Certificate certificate) {
        headers.set("Authorization", tokens.bearer(null, "device"));
        headers.set("Content-Type", "application/pkcs10");
        if (certificate != null) {
            headers.set("Client-Cert", ClientCertFields.item(certificate));
        }
    }

    private static String text(RestTestClient.ResponseSpec answer, int status) {
        answer.expectStatus().isEqualTo(status);
        answer.expectHeader().contentTypeCompatibleWith(MediaType.TEXT_PLAIN);
        return String.valueOf(answer.expectBody(String.class).returnResult().getResponseBody());
    }

    private static byte[] decoded(RestTestClient.ResponseSpec answer) {
        return Base64.getMimeDecoder()
                .decode(String.valueOf(
                        answer.expectBody(String.class).returnResult().getResponseBody()));
    }

    private static List<X509CertificateHolder> certificates(RestTestClient.ResponseSpec answer) throws CMSException {
        return List.copyOf(new CMSSignedData(decoded(answer)).getCertificates().getMatches(null));
    }

    private static X509CertificateHolder theOne(RestTestClient.ResponseSpec answer) throws CMSException {
        List<X509CertificateHolder> certificates = certificates(answer);
        assertThat(certificates).hasSize(1);
        return certificates.getFirst();
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    static class Peers {

        final List<CertificateRenewal> renewals = new CopyOnWriteArrayList<>();
        volatile Supplier<RegistrationReply> answer = () -> new RegistrationReply(Outcome.REGISTERED, null);

        @RabbitListener(queues = CertificateRenewal.KEY)
        RegistrationReply answer(CertificateRenewal renewal) {
            renewals.add(renewal);
            return answer.get();
        }
    }
}
