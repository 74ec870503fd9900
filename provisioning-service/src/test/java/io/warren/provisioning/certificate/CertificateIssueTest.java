package io.warren.provisioning.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.TenantId;
import io.warren.contracts.provisioning.CertificateEvent;
import io.warren.contracts.registry.RegistrationReply;
import io.warren.contracts.registry.RegistrationReply.Outcome;
import io.warren.platform.problem.ProblemException;
import io.warren.provisioning.ProvisioningTest;
import io.warren.provisioning.TestAuthorities;
import io.warren.provisioning.TestIssuer;
import io.warren.provisioning.issuing.CertificateRequest;
import io.warren.testing.backing.Backed;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Index;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ProvisioningTest
@Backed
class CertificateIssueTest {

    private static final String DOOR = "enrollment-group:pumps";
    private static final KeyPair KEY = TestAuthorities.key("secp256r1");

    @Autowired
    private CertificateIssue issue;

    @Autowired
    private CertificateAdmission admission;

    @Autowired
    private CertificateWatch watch;

    @Autowired
    private Certificates certificates;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private JdbcClient jdbc;

    private final DeviceAddress device =
            DeviceAddress.of("t" + UUID.randomUUID().toString().substring(0, 8), "pump-17");

    @Test
    void theCertificateIsForTheDeviceWhateverTheRequestSays() throws Exception {
        IssuedCertificate issued = issue(KEY);

        List<X509Certificate> chain = chain(issued);
        assertThat(chain).hasSize(2);
        X509Certificate own = chain.getFirst();
        assertThat(own.getSubjectX500Principal().getName()).isEqualTo("CN=" + device);
        assertThat(own.getPublicKey().getEncoded()).isEqualTo(KEY.getPublic().getEncoded());
        assertThat(own.getBasicConstraints()).isEqualTo(-1);
        assertThat(own.getKeyUsage()).startsWith(true, false).doesNotContain(true, Index.atIndex(5));
        assertThat(own.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(own.getSerialNumber().toString(16)).isEqualTo(issued.serial());
        assertThat(own.getNotAfter().toInstant()).isEqualTo(issued.expiresAt());
        assertThat(own.getNotBefore().toInstant()).isBefore(Instant.now().minusSeconds(240));
        assertThat(Duration.between(Instant.now(), issued.expiresAt()))
                .isCloseTo(Duration.ofDays(90), Duration.ofMinutes(1));
        assertThat(Duration.between(Instant.now(), issued.renewAfter()))
                .isBetween(Duration.ofDays(55), Duration.ofDays(60));
        assertTrusted(chain);
    }

    @Test
    void itNamesWhereItCanBeFoundOutWhetherItIsRevoked() throws Exception {
        X509Certificate own = chain(issue(KEY)).getFirst();

        String issuer = list().getFirst().issuer();
        assertThat(new String(own.getExtensionValue("2.5.29.31"), StandardCharsets.ISO_8859_1))
                .contains("https://localhost:8443/pki/v1/" + issuer + ".crl");
        assertThat(new String(own.getExtensionValue("1.3.6.1.5.5.7.1.1"), StandardCharsets.ISO_8859_1))
                .contains("https://localhost:8443/pki/v1/ocsp")
                .contains("https://localhost:8443/pki/v1/" + issuer + ".cer");
    }

    @Test
    void theSameKeyGetsTheSameCertificateAndAnotherKeyAnother() {
        IssuedCertificate first = issue(KEY);

        IssuedCertificate again = issue(KEY);
        assertThat(first.repeated()).isFalse();
        assertThat(again.repeated()).isTrue();
        assertThat(again.pem()).isEqualTo(first.pem());
        assertThat(again.renewAfter()).isEqualTo(first.renewAfter());
        assertThat(issue(TestAuthorities.key("Ed25519")).serial()).isNotEqualTo(first.serial());
        assertThat(list()).hasSize(2);
        assertThat(events(CertificateEvent.ISSUED)).isEqualTo(2);
    }

    @Test
    void theSameKeyGetsANewCertificateWhenTwoThirdsOfItsLifeAreOver() {
        IssuedCertificate first = issue(KEY);

        age(first, Duration.ofDays(55));
        assertThat(issue(KEY).serial()).isEqualTo(first.serial());
        age(first, Duration.ofDays(6));
        assertThat(issue(KEY).serial()).isNotEqualTo(first.serial());
    }

    @Test
    void manyAtATimeMakeOneCertificate() throws Exception {
        List<Future<IssuedCertificate>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 6; i++) {
                answers.add(threads.submit(() -> issue(KEY)));
            }
        }

        for (Future<IssuedCertificate> answer : answers) {
            assertThat(answer.get().pem()).isEqualTo(answers.getFirst().get().pem());
        }
        assertThat(list()).hasSize(1);
    }

    @Test
    void thoseThatAreIssuedTogetherAreNotToBeRenewedTogether() {
        Set<Instant> times = IntStream.range(0, 20)
                .mapToObj(number -> issue(DeviceAddress.of(device.tenant().value(), "pump-" + number), KEY))
                .map(IssuedCertificate::renewAfter)
                .collect(Collectors.toSet());

        assertThat(Duration.between(Collections.min(times), Collections.max(times)))
                .isBetween(Duration.ofHours(12), Duration.ofHours(109));
    }

    @Test
    void oneThatTheRegistryDoesNotAdmitIsNobodysUntilItIsAskedForAgain() {
        IssuedCertificate first = issue(KEY);
        issue.withhold(first);
        assertThat(list()).isEmpty();
        assertThatThrownBy(() -> certificates.get(device.tenant(), first.serial()))
                .isInstanceOf(ProblemException.class);

        IssuedCertificate again = issue(KEY);

        assertThat(again.serial()).isEqualTo(first.serial());
        assertThat(again.repeated()).isFalse();
        assertThat(list()).hasSize(1);
    }

    @Test
    void oneThatWasAdmittedAgainIsNotLostWithWhatTheDeviceHadBefore() {
        IssuedCertificate issued = issue(KEY);
        Instant deleted = Instant.now();
        assertThat(issue.confirm(issue(KEY), Instant.now())).isTrue();

        certificates.revokeAll(device, deleted, RevocationReason.CESSATION_OF_OPERATION);
        certificates.revoke(device, issued.serial(), deleted, RevocationReason.PRIVILEGE_WITHDRAWN);
        assertThat(list().getFirst().status()).isEqualTo(CertificateView.Status.ACTIVE);

        certificates.revokeAll(device, Instant.now(), RevocationReason.CESSATION_OF_OPERATION);
        assertThat(issue.confirm(issued, Instant.now())).isFalse();
    }

    @Test
    void oneThatIsLostAfterItsAdmissionIsRevokedThoughTheAdmissionIsHeardOfLater() {
        IssuedCertificate issued = issue(KEY);
        Instant admitted = Instant.now().minusSeconds(2);
        admit(Outcome.REGISTERED, admitted);
        admit(Outcome.ALREADY_REGISTERED, admitted.minusSeconds(2));

        certificates.revoke(device, issued.serial(), admitted.minusSeconds(1), RevocationReason.PRIVILEGE_WITHDRAWN);
        assertThat(list().getFirst().status()).isEqualTo(CertificateView.Status.ACTIVE);

        certificates.revoke(device, issued.serial(), admitted.plusSeconds(1), RevocationReason.PRIVILEGE_WITHDRAWN);
        assertThat(list().getFirst().status()).isEqualTo(CertificateView.Status.REVOKED);
    }

    @Test
    void oneThatIsAdmittedForOneRequestIsNotWithheldForAnother() {
        IssuedCertificate first = issue(KEY);
        admit(Outcome.ALREADY_REGISTERED, Instant.now());

        issue.withhold(first);

        assertThat(list()).hasSize(1);
    }

    @Test
    void oneThatIsWithheldIsTheDevicesAllTheSameIfItIsAdmittedForAnotherRequest() {
        IssuedCertificate first = issue(KEY);
        IssuedCertificate again = issue(KEY);
        issue.withhold(first);

        assertThat(issue.confirm(again, Instant.now())).isTrue();

        assertThat(list()).hasSize(1);
    }

    @Test
    void oneThatNobodyWasGivenIsForgottenUnlessItIsRevoked() {
        IssuedCertificate withheld = issue(KEY);
        IssuedCertificate taken = issue(TestAuthorities.key("secp256r1"));
        issue.withhold(withheld);
        issue.withhold(taken);
        certificates.revoke(device.tenant(), taken.serial(), RevocationReason.SUPERSEDED);
        jdbc.sql("UPDATE certificate SET withheld_at = withheld_at - interval '3 days' WHERE tenant = ?")
                .param(device.tenant().value())
                .update();

        watch.forget();

        assertThat(jdbc.sql("SELECT serial FROM certificate WHERE tenant = ?")
                        .param(device.tenant().value())
                        .query(String.class)
                        .list())
                .containsExactly(taken.serial());
    }

    @Test
    void whatHasEndedIsNotRevokedAsWell() {
        IssuedCertificate issued = issue(KEY);
        age(issued, Duration.ofDays(91));

        certificates.revoke(device, issued.serial(), Instant.now(), RevocationReason.PRIVILEGE_WITHDRAWN);

        assertThat(list().getFirst().status()).isEqualTo(CertificateView.Status.EXPIRED);
        assertThat(events(CertificateEvent.REVOKED)).isZero();
    }

    @Test
    void aDeviceThatAlwaysHasAnotherKeyGetsTenADay() {
        List<IssuedCertificate> issued = IntStream.range(0, 10)
                .mapToObj(_ -> issue(TestAuthorities.key("secp256r1")))
                .toList();

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> issue(TestAuthorities.key("secp256r1")))
                .satisfies(problem -> {
                    assertThat(problem.kind().status().value()).isEqualTo(429);
                    assertThat(problem.retryAfter()).isBetween(Duration.ofHours(23), Duration.ofHours(24));
                });
        issue(DeviceAddress.of(device.tenant().value(), "pump-18"), TestAuthorities.key("secp256r1"));
        age(issued.getFirst(), Duration.ofHours(24));
        issue(TestAuthorities.key("secp256r1"));
    }

    @Test
    void whatIsRolledBackWasNotIssued() {
        transaction.executeWithoutResult(status -> {
            issue(KEY);
            status.setRollbackOnly();
        });

        assertThat(list()).isEmpty();
        assertThat(events(CertificateEvent.ISSUED)).isZero();
    }

    @Test
    void aKeyWhoseCertificateWasRevokedGetsANewOneUnlessOthersMayKnowIt() {
        IssuedCertificate first = issue(KEY);
        certificates.revoke(device.tenant(), first.serial(), RevocationReason.SUPERSEDED);
        IssuedCertificate second = issue(KEY);
        assertThat(second.serial()).isNotEqualTo(first.serial());
        KeyPair stolen = TestAuthorities.key("secp384r1");
        certificates.revoke(device.tenant(), issue(stolen).serial(), RevocationReason.KEY_COMPROMISE);

        assertThatThrownBy(() -> issue(stolen)).isInstanceOf(ProblemException.class);
        DeviceAddress other = new DeviceAddress(new TenantId("other"), device.device());
        assertThatThrownBy(() -> issue(other, stolen)).isInstanceOf(ProblemException.class);
    }

    @Test
    void revokingIsDoneOnceAndToldAsOftenAsItIsAskedFor() {
        IssuedCertificate issued = issue(KEY);

        certificates.revoke(device.tenant(), issued.serial(), RevocationReason.SUPERSEDED);
        CertificateView revoked =
                certificates.revoke(device.tenant(), issued.serial(), RevocationReason.KEY_COMPROMISE);

        assertThat(revoked.status()).isEqualTo(CertificateView.Status.REVOKED);
        assertThat(revoked.reason()).isEqualTo(RevocationReason.SUPERSEDED);
        assertThat(events(CertificateEvent.REVOKED)).isEqualTo(2);
        certificates.revoke(device, issued.serial(), Instant.now(), RevocationReason.PRIVILEGE_WITHDRAWN);
        assertThat(events(CertificateEvent.REVOKED)).isEqualTo(2);
    }

    @Test
    void allCertificatesOfADeviceAreRevokedTogetherAndNoOthers() {
        issue(KEY);
        issue(TestAuthorities.key("secp256r1"));
        DeviceAddress neighbour = DeviceAddress.of(device.tenant().value(), "pump-18");
        issue(neighbour, KEY);

        certificates.revokeAll(device, Instant.now(), RevocationReason.CESSATION_OF_OPERATION);

        assertThat(list())
                .filteredOn(certificate -> certificate.status() == CertificateView.Status.ACTIVE)
                .extracting(CertificateView::deviceId)
                .containsExactly("pump-18");
    }

    @Test
    void aCertificateIsRevokedForItsOwnDeviceOnly() {
        IssuedCertificate issued = issue(KEY);

        certificates.revoke(
                DeviceAddress.of(device.tenant().value(), "pump-18"),
                issued.serial(),
                Instant.now(),
                RevocationReason.SUPERSEDED);

        assertThat(list().getFirst().status()).isEqualTo(CertificateView.Status.ACTIVE);
    }

    /** Has the certificate of the key admitted once more. */
    private void admit(Outcome outcome, Instant at) {
        assertThat(admission
                        .admit(
                                device,
                                CertificateRequest.parse(TestAuthorities.request(KEY)),
                                DOOR,
                                null,
                                _ -> new RegistrationReply(outcome, null, null, at))
                        .certificate()
                        .repeated())
                .isTrue();
    }

    private IssuedCertificate issue(KeyPair key) {
        return issue(device, key);
    }

    private IssuedCertificate issue(DeviceAddress address, KeyPair key) {
        return issue.issue(address, CertificateRequest.parse(TestAuthorities.request(key)), DOOR, null);
    }

    private List<CertificateView> list() {
        return certificates
                .list(device.tenant(), new CertificateFilter(null, null, null), null, 10)
                .items();
    }

    private int events(String type) {
        return jdbc.sql("SELECT count(*) FROM outbox WHERE type = ? AND payload::jsonb ->> 'tenant' = ?")
                .params(type, device.tenant().value())
                .query(Integer.class)
                .single();
    }

    private void age(IssuedCertificate certificate, Duration by) {
        jdbc.sql("UPDATE certificate SET issued_at = issued_at - ?::interval, expires_at = expires_at - ?::interval"
                        + " WHERE serial = ?")
                .params(by.toString(), by.toString(), certificate.serial())
                .update();
    }

    private static List<X509Certificate> chain(IssuedCertificate certificate) throws Exception {
        return certificates(certificate.pem());
    }

    private static List<X509Certificate> certificates(String pem) throws Exception {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    private static void assertTrusted(List<X509Certificate> chain) throws Exception {
        PKIXParameters parameters = new PKIXParameters(Set.of(
                new TrustAnchor(certificates(TestIssuer.AUTHORITIES.root()).getFirst(), null)));
        parameters.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
    }
}
