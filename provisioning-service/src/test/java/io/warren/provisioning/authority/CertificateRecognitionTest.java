package io.warren.provisioning.authority;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.TenantId;
import io.warren.provisioning.ProvisioningTest;
import io.warren.provisioning.x509.Flaw;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import io.warren.testing.tls.TestIdentity;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

@ProvisioningTest
@Backed
class CertificateRecognitionTest {

    private static final TestIdentity FACTORY = TestIdentity.authority("CN=Factory,O=Acme");

    @Autowired
    private CertificateRecognition certificates;

    @Autowired
    private RestTestClient http;

    @Autowired
    private TestTokens tokens;

    @Autowired
    private JdbcClient jdbc;

    private TenantId tenant = new TenantId("t");

    private AuthorityApi api;

    @BeforeEach
    void ownTenant() {
        tenant = new TenantId("t" + UUID.randomUUID().toString().substring(0, 8));
        api = new AuthorityApi(http, tokens, tenant.value());
    }

    @Test
    void aVerifiedAuthorityNamesDevices() {
        api.trust("factory", FACTORY);

        assertThat(recognise(device())).isInstanceOfSatisfying(Recognition.Recognised.class, recognised -> {
            assertThat(recognised.authority()).isEqualTo("factory");
            assertThat(recognised.rules()).isEqualTo(AuthorityRules.USUAL);
        });
    }

    @Test
    void anUnverifiedAuthorityNamesNobody() {
        api.put("factory", FACTORY.pem());
        assertThat(recognise(device())).isEqualTo(because(Flaw.UNVERIFIED));
    }

    @Test
    void whatTheSignatureOfAnUnverifiedAuthorityIsNotOnIsForged() {
        api.put("factory", FACTORY.pem());
        assertThat(recognise(FACTORY.issue("CN=pump-17").forge())).isEqualTo(because(Flaw.FORGED));
    }

    @Test
    void theAuthorityOfAnotherTenantIsForeign() {
        new AuthorityApi(http, tokens, "s" + tenant).put("factory", FACTORY.pem());
        assertThat(recognise(device())).isEqualTo(because(Flaw.FOREIGN));
    }

    @Test
    void anAuthorityThatAnotherTenantHasVerifiedIsNotVerifiedHere() {
        new AuthorityApi(http, tokens, "s" + tenant).trust("factory", FACTORY);
        api.put("factory", FACTORY.pem());
        assertThat(recognise(device())).isEqualTo(because(Flaw.UNVERIFIED));
    }

    @Test
    void anAuthorityThatIsNotTrustedAnyMoreNamesNobody() {
        api.trust("factory", FACTORY);
        jdbc.sql("UPDATE certificate_authority SET valid_until = now() WHERE tenant = ?")
                .param(tenant.value())
                .update();
        assertThat(recognise(device())).isEqualTo(because(Flaw.NOT_IN_FORCE));
    }

    @Test
    void anAuthorityThatIsDeletedNamesNobody() {
        api.trust("factory", FACTORY);
        api.delete("factory");
        assertThat(recognise(device())).isEqualTo(because(Flaw.FOREIGN));
    }

    @Test
    void ofTwoAuthoritiesOfOneNameTheOneThatHasIssuedItCounts() {
        TestIdentity renewed = TestIdentity.authority("CN=Factory,O=Acme");
        api.trust("factory", FACTORY);
        api.trust("factory-2", renewed);

        assertThat(recognise(device())).isInstanceOf(Recognition.Recognised.class);
        assertThat(recognise(renewed.issue("CN=pump-17").make()))
                .isInstanceOfSatisfying(
                        Recognition.Recognised.class,
                        recognised -> assertThat(recognised.authority()).isEqualTo("factory-2"));
    }

    @Test
    void certificatesInBetweenMayComeAlongAndTheRootToo() {
        api.trust("factory", FACTORY);
        TestIdentity line = FACTORY.issue("CN=Line 1").asAuthority(0).make();

        assertThat(recognise(line.issue("CN=pump-17").make(), line, FACTORY))
                .isInstanceOf(Recognition.Recognised.class);
        assertThat(recognise(line.issue("CN=pump-17").make())).isEqualTo(because(Flaw.FOREIGN));
    }

    @Test
    void anAuthorityThatHasChangedItsKeyMayVouchForItself() {
        api.trust("factory", FACTORY);
        TestIdentity renewed = FACTORY.issue("CN=Factory,O=Acme").asAuthority().make();
        assertThat(recognise(renewed.issue("CN=pump-17").make(), renewed)).isInstanceOf(Recognition.Recognised.class);
    }

    @Test
    void aCertificateForAnotherPurposeIsNoProof() {
        api.trust("factory", FACTORY);
        assertThat(recognise(FACTORY.issue("CN=pump-17")
                        .forPurpose("1.3.6.1.5.5.7.3.1")
                        .make()))
                .isEqualTo(because(Flaw.WRONG_PURPOSE));
    }

    @Test
    void aCertificateOutOfItsTimeIsNoProof() {
        api.trust("factory", FACTORY);
        assertThat(recognise(FACTORY.issue("CN=pump-17")
                        .validFor(Duration.ofDays(-2), Duration.ofDays(-1))
                        .make()))
                .isEqualTo(because(Flaw.EXPIRED));
        assertThat(recognise(FACTORY.issue("CN=pump-17")
                        .validFor(Duration.ofDays(1), Duration.ofDays(2))
                        .make()))
                .isEqualTo(because(Flaw.NOT_YET_VALID));
    }

    @Test
    void nothingIsNoProof() {
        assertThat(recognise()).isEqualTo(because(Flaw.MALFORMED));
    }

    private static TestIdentity device() {
        return FACTORY.issue("CN=pump-17").make();
    }

    private Recognition recognise(TestIdentity... chain) {
        return certificates.recognise(
                tenant, Arrays.stream(chain).map(TestIdentity::certificate).toList());
    }

    private static Recognition because(Flaw flaw) {
        return new Recognition.Unrecognised(flaw);
    }
}
