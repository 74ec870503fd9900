package io.warren.provisioning.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.provisioning.CertificateEvent;
import io.warren.provisioning.ProvisioningTest;
import io.warren.provisioning.TestAuthorities;
import io.warren.provisioning.issuing.CertificateRequest;
import io.warren.testing.backing.Backed;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ProvisioningTest
@Backed
class CertificateWatchTest {

    @Autowired
    private CertificateWatch watch;

    @Autowired
    private CertificateIssue issue;

    @Autowired
    private Certificates certificates;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private JdbcClient jdbc;

    private final DeviceAddress device =
            DeviceAddress.of("t" + UUID.randomUUID().toString().substring(0, 8), "pump-17");

    @Test
    void aCertificateThatEndsSoonIsToldOfOnce() {
        IssuedCertificate certificate = issue();
        watch.warn();
        assertThat(warnings()).isEmpty();

        age(certificate, 76);
        watch.warn();
        watch.warn();

        assertThat(warnings()).singleElement().asString().contains(certificate.serial(), "\"device\":\"pump-17\"");
    }

    @Test
    void aDeviceThatHasGotAnotherOneIsNotToldOf() {
        IssuedCertificate certificate = issue();
        age(certificate, 76);
        issue();

        watch.warn();

        assertThat(warnings()).isEmpty();
    }

    @Test
    void oneThatItWasNotGivenIsNoOther() {
        IssuedCertificate certificate = issue();
        age(certificate, 76);
        issue.withhold(issue());
        watch.count();
        double ending = count("ending");

        watch.warn();

        assertThat(warnings()).singleElement().asString().contains(certificate.serial());
        issue();
        watch.count();
        assertThat(count("ending")).isEqualTo(ending - 1);
    }

    @Test
    void whatIsRevokedOrOverIsNotToldOf() {
        IssuedCertificate revoked = issue();
        certificates.revoke(device, revoked.serial(), Instant.now(), RevocationReason.SUPERSEDED);
        age(revoked, 76);
        age(issue(), 91);

        watch.warn();

        assertThat(warnings()).isEmpty();
    }

    @Test
    void whatThereIsIsCounted() {
        watch.count();
        double good = count("good");
        double ending = count("ending");
        double revoked = count("revoked");
        age(issue(), 76);
        certificates.revoke(device, issue().serial(), Instant.now(), RevocationReason.SUPERSEDED);

        watch.count();

        assertThat(count("good")).isEqualTo(good + 1);
        assertThat(count("ending")).isEqualTo(ending + 1);
        assertThat(count("revoked")).isEqualTo(revoked + 1);
    }

    @Test
    void whatHasItsSuccessorIsNotCountedAsEnding() {
        watch.count();
        double ending = count("ending");
        age(issue(), 76);
        issue();

        watch.count();

        assertThat(count("ending")).isEqualTo(ending);
    }

    @Test
    void whatEndedLongAgoIsForgottenUnlessItsKeyIsCompromised() {
        age(issue(), 181);
        IssuedCertificate stolen = issue();
        certificates.revoke(device, stolen.serial(), Instant.now(), RevocationReason.KEY_COMPROMISE);
        age(stolen, 181);
        IssuedCertificate recent = issue();
        age(recent, 179);

        watch.forget();

        assertThat(certificates
                        .list(device.tenant(), new CertificateFilter(null, null, null), null, 10)
                        .items())
                .extracting(CertificateView::serial)
                .containsExactlyInAnyOrder(stolen.serial(), recent.serial());
    }

    private IssuedCertificate issue() {
        return issue.issue(
                device, CertificateRequest.parse(TestAuthorities.request(TestAuthorities.key("Ed25519"))), "api", null);
    }

    private void age(IssuedCertificate certificate, int days) {
        jdbc.sql("""
                        UPDATE certificate SET issued_at = issued_at - CAST(:age AS interval),
                            expires_at = expires_at - CAST(:age AS interval), warn_at = warn_at - CAST(:age AS interval)
                        WHERE serial = :serial""")
                .param("age", days + " days")
                .param("serial", certificate.serial())
                .update();
    }

    private List<@Nullable String> warnings() {
        return jdbc.sql("SELECT payload FROM outbox WHERE type = ? AND payload::jsonb ->> 'tenant' = ?")
                .params(CertificateEvent.EXPIRING, device.tenant().value())
                .query(String.class)
                .list();
    }

    private double count(String status) {
        return meters.get("warren.certificates").tag("status", status).gauge().value();
    }
}
