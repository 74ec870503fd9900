package io.warren.provisioning.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.warren.contracts.device.DeviceAddress;
import io.warren.provisioning.OpenSsl;
import io.warren.provisioning.ProvisioningTest;
import io.warren.provisioning.TestAuthorities;
import io.warren.provisioning.TestIssuer;
import io.warren.provisioning.certificate.CertificateIssue;
import io.warren.provisioning.certificate.Certificates;
import io.warren.provisioning.certificate.IssuedCertificate;
import io.warren.provisioning.certificate.RevocationReason;
import io.warren.provisioning.certificate.RevokedCertificates;
import io.warren.provisioning.issuing.Authorities;
import io.warren.provisioning.issuing.CertificateRequest;
import io.warren.testing.backing.Backed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** What {@code openssl} makes of the certificates, the revocation lists and the answers to OCSP requests. */
@ProvisioningTest
@Backed
class RevocationTest {

    @TempDir
    static Path broker;

    @TempDir
    Path directory;

    @Autowired
    private CertificateIssue issue;

    @Autowired
    private Certificates certificates;

    @Autowired
    private Authorities authorities;

    @Autowired
    private RevocationLists lists;

    @Autowired
    private RevokedCertificates revoked;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @LocalServerPort
    private int port;

    private final HttpClient http = HttpClient.newHttpClient();
    private final DeviceAddress device =
            DeviceAddress.of("t" + UUID.randomUUID().toString().substring(0, 8), "pump-17");
    private OpenSsl openssl = new OpenSsl(Path.of("."));
    private IssuedCertificate issued = new IssuedCertificate("", "", "", Instant.EPOCH, Instant.EPOCH, false);

    @DynamicPropertySource
    static void writeForTheBroker(DynamicPropertyRegistry properties) throws IOException {
        Files.writeString(broker.resolve("ca.pem"), TestIssuer.AUTHORITIES.root());
        properties.add("warren.issuing.crl-directory", () -> broker.resolve("crl"));
        properties.add("warren.issuing.ca-file", () -> broker.resolve("ca.pem"));
    }

    @BeforeEach
    void issueACertificate() throws IOException {
        openssl = new OpenSsl(directory);
        issued = issue.issue(
                device, CertificateRequest.parse(TestAuthorities.request(TestAuthorities.key("Ed25519"))), "api", null);
        int behindFirst = issued.pem().indexOf("-----BEGIN", 10);
        Files.writeString(directory.resolve("device.pem"), issued.pem().substring(0, behindFirst));
        Files.writeString(directory.resolve("issuer.pem"), issued.pem().substring(behindFirst));
    }

    @Test
    void theChainIsGoodForAClientAndForNothingElse() throws Exception {
        Files.write(directory.resolve("ca.pem"), get("ca.pem").body());

        assertThat(verify("sslclient")).isEqualTo(new OpenSsl.Result(0, "device.pem: OK\n"));
        assertThat(verify("sslserver").status()).isNotZero();
        assertThat(openssl.run("x509", "-in", "device.pem", "-noout", "-subject")
                        .output())
                .isEqualTo("subject=CN = " + device + "\n");
    }

    @Test
    void theAuthorityItselfCanBeFetched() throws Exception {
        HttpResponse<byte[]> answer = get(issuer() + ".cer");

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/pkix-cert");
        Files.write(directory.resolve("fetched.cer"), answer.body());
        assertThat(openssl.run("x509", "-inform", "DER", "-in", "fetched.cer").output())
                .isEqualTo(Files.readString(directory.resolve("issuer.pem")));
    }

    @Test
    void whatIsRevokedIsOnTheListWithinASecond() throws Exception {
        HttpResponse<byte[]> before = get(issuer() + ".crl");
        assertThat(textOf(before)).doesNotContainIgnoringCase(issued.serial());

        certificates.revoke(device, issued.serial(), Instant.now(), RevocationReason.KEY_COMPROMISE);

        await().untilAsserted(() -> assertThat(textOf(get(issuer() + ".crl"))).containsIgnoringCase(issued.serial()));
        assertThat(textOf(get(issuer() + ".crl")))
                .containsIgnoringCase("Serial Number: " + issued.serial())
                .contains("Key Compromise")
                .contains("X509v3 CRL Number")
                .contains("verify OK");
        Files.writeString(directory.resolve("ca.pem"), TestIssuer.AUTHORITIES.root());
        assertThat(openssl.run(
                                "verify",
                                "-crl_check",
                                "-CRLfile",
                                "list.pem",
                                "-CAfile",
                                "ca.pem",
                                "-untrusted",
                                "issuer.pem",
                                "device.pem")
                        .output())
                .contains("certificate revoked");
    }

    @Test
    void whatAnotherReplicaRevokesIsOnTheListWithinSeconds() throws Exception {
        get(issuer() + ".crl");

        jdbc.sql("UPDATE certificate SET revoked_at = now(), reason = 'SUPERSEDED' WHERE serial = ?")
                .param(issued.serial())
                .update();

        await().untilAsserted(() -> assertThat(textOf(get(issuer() + ".crl"))).containsIgnoringCase(issued.serial()));
        assertThat(ocsp("-no_nonce")).contains("device.pem: revoked", "superseded");
    }

    @Test
    void aListIsFetchedOnceByWhoHasIt() throws Exception {
        HttpResponse<byte[]> first = get(issuer() + ".crl");
        assertThat(first.headers().firstValue("Content-Type")).contains("application/pkix-crl");
        assertThat(first.headers().firstValue("Cache-Control")).contains("max-age=60, must-revalidate, public");

        HttpResponse<byte[]> second = http.send(
                HttpRequest.newBuilder(address(issuer() + ".crl"))
                        .header(
                                "If-None-Match",
                                first.headers().firstValue("ETag").orElseThrow())
                        .build(),
                BodyHandlers.ofByteArray());

        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
    }

    @Test
    void theBrokersFileIsTheListByTheNameThatItLooksFor() throws Exception {
        String name = openssl.run("x509", "-in", "issuer.pem", "-noout", "-subject_hash")
                        .output()
                        .strip() + ".r0";
        Path file = broker.resolve("crl").resolve(name);

        certificates.revoke(device, issued.serial(), Instant.now(), RevocationReason.SUPERSEDED);

        await().untilAsserted(
                        () -> assertThat(openssl.run("crl", "-inform", "DER", "-in", file.toString(), "-noout", "-text")
                                        .output())
                                .containsIgnoringCase(issued.serial()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void aFileThatIsGoneIsWrittenAgain() throws Exception {
        Path file =
                broker.resolve("crl").resolve(NameHash.of(authorities.issuing().subject()) + ".r0");
        await().until(() -> Files.exists(file));

        Files.delete(file);

        await().until(() -> Files.exists(file));
    }

    @Test
    void listsAreMadeOnceASecondHoweverMuchIsRevoked() throws Exception {
        RevocationList first = lists.of(authorities.issuing());
        for (int i = 0; i < 50; i++) {
            lists.forget(issuer());
            lists.of(authorities.issuing());
        }

        assertThat(lists.of(authorities.issuing()).issuedAt())
                .satisfiesAnyOf(
                        at -> assertThat(at).isEqualTo(first.issuedAt()),
                        at -> assertThat(at).isAfterOrEqualTo(first.issuedAt().plusSeconds(1)));
        await().untilAsserted(() ->
                assertThat(lists.of(authorities.issuing()).issuedAt()).isAfter(first.issuedAt()));
    }

    /** By lists of the test's own, which nobody else says anything to. */
    @Test
    void aListThatCouldNotBeMadeIsMadeTheNextTime() {
        RevocationLists own = new RevocationLists(authorities, revoked, Clock.systemUTC());
        RevocationList first = own.of(authorities.issuing());
        own.forget(issuer());

        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            // nothing can be asked in a transaction that has failed
            assertThatThrownBy(
                            () -> jdbc.sql("SELECT 1 / 0").query(Integer.class).single())
                    .isInstanceOf(DataAccessException.class);
            await().pollInSameThread()
                    .untilAsserted(() -> assertThatThrownBy(() -> own.of(authorities.issuing()))
                            .isInstanceOf(DataAccessException.class));
        });

        assertThat(own.of(authorities.issuing()).issuedAt()).isAfter(first.issuedAt());
    }

    @Test
    void anAuthorityThatIsNotThereHasNoList() throws Exception {
        HttpResponse<byte[]> answer = get("0123456789abcdef.crl");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .contains("urn:warren:problem:authority-not-found");
    }

    @Test
    void ocspSaysWhetherACertificateIsGood() {
        assertThat(ocsp()).contains("Response verify OK", "device.pem: good");
        assertThat(ocsp("-no_nonce", "-sha256")).contains("Response verify OK", "device.pem: good");

        certificates.revoke(device, issued.serial(), Instant.now(), RevocationReason.CESSATION_OF_OPERATION);

        assertThat(ocsp()).contains("Response verify OK", "device.pem: revoked");
        assertThat(ocsp("-no_nonce", "-sha256")).contains("device.pem: revoked", "cessationOfOperation");
    }

    @Test
    void ocspKnowsNothingOfWhatWasNotIssued() {
        assertThat(openssl.run(
                                "ocsp",
                                "-issuer",
                                "issuer.pem",
                                "-serial",
                                "0x1234",
                                "-url",
                                address("ocsp").toString(),
                                "-no_cert_verify",
                                "-noverify")
                        .output())
                .contains("0x1234: unknown");
    }

    @Test
    void whereTooManyAskTheOthersAreToAskLater() {
        ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor();
        try (askers) {
            transaction.executeWithoutResult(_ -> {
                jdbc.sql("LOCK TABLE certificate IN ACCESS EXCLUSIVE MODE").update();
                List<Future<String>> answers =
                        Stream.of(1, 2, 3).map(_ -> askers.submit(() -> ocsp())).toList();
                await().until(() -> answers.stream().anyMatch(Future::isDone));
                assertThat(answers.stream()
                                .filter(Future::isDone)
                                .findFirst()
                                .orElseThrow()
                                .resultNow())
                        .contains("trylater");
            });
        }
    }

    @Test
    void ocspMayBeAskedWithAnAddress() throws Exception {
        // some requests have a slash in their base64, which an address cannot carry everywhere: another digest then
        for (String digest : new String[] {"-sha1", "-sha256", "-sha384", "-sha512"}) {
            openssl.run(
                    "ocsp",
                    "-issuer",
                    "issuer.pem",
                    digest,
                    "-cert",
                    "device.pem",
                    "-no_nonce",
                    "-reqout",
                    "request.der");
            String request = Base64.getEncoder().encodeToString(Files.readAllBytes(directory.resolve("request.der")));
            if (request.contains("//")) {
                continue;
            }
            HttpResponse<byte[]> answer = get("ocsp/" + request);

            assertThat(answer.headers().firstValue("Cache-Control")).contains("max-age=60, must-revalidate, public");
            Files.write(directory.resolve("response.der"), answer.body());
            assertThat(openssl.run(
                                    "ocsp",
                                    "-respin",
                                    "response.der",
                                    "-issuer",
                                    "issuer.pem",
                                    digest,
                                    "-cert",
                                    "device.pem",
                                    "-CAfile",
                                    "issuer.pem",
                                    "-partial_chain")
                            .output())
                    .contains("device.pem: good");
            return;
        }
    }

    @Test
    void whatIsNoOcspRequestIsAnsweredInKind() throws Exception {
        byte[] noise = new byte[100];
        new SecureRandom().nextBytes(noise);
        for (byte[] body : new byte[][] {new byte[] {1}, noise, new byte[] {0x30, 0x03, 0x0a, 0x01, 0x01}}) {
            HttpResponse<byte[]> answer = post(body);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/ocsp-response");
            assertThat(answer.body()).isEqualTo(new byte[] {0x30, 0x03, 0x0a, 0x01, 0x01});
        }
        assertThat(post(new byte[5_000]).statusCode()).isEqualTo(422);
    }

    private String ocsp(String... more) {
        String[] arguments = Stream.concat(
                        Stream.of("ocsp", "-issuer", "issuer.pem"),
                        Stream.concat(
                                Arrays.stream(more),
                                Stream.of(
                                        "-cert",
                                        "device.pem",
                                        "-CAfile",
                                        "issuer.pem",
                                        "-partial_chain",
                                        "-url",
                                        address("ocsp").toString())))
                .toArray(String[]::new);
        return openssl.run(arguments).output();
    }

    private OpenSsl.Result verify(String purpose) {
        return openssl.run(
                "verify",
                "-x509_strict",
                "-purpose",
                purpose,
                "-CAfile",
                "ca.pem",
                "-untrusted",
                "issuer.pem",
                "device.pem");
    }

    private String textOf(HttpResponse<byte[]> list) throws IOException {
        Files.write(directory.resolve("list.crl"), list.body());
        openssl.run("crl", "-inform", "DER", "-in", "list.crl", "-out", "list.pem");
        return openssl.run("crl", "-in", "list.pem", "-noout", "-text", "-CAfile", "issuer.pem")
                .output();
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(address(path)).build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> post(byte[] body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(address("ocsp"))
                        .header("Content-Type", "application/ocsp-request")
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + "/pki/v1/" + path);
    }

    private String issuer() {
        return authorities.issuing().id();
    }
}
