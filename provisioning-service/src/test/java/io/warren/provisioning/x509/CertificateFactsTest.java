package io.warren.provisioning.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.testing.tls.TestIdentity;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class CertificateFactsTest {

    private static final TestIdentity FACTORY = TestIdentity.authority("CN=Factory,O=Acme");

    @Test
    void theSubjectIsTakenApart() {
        ObjectNode facts = facts("CN=pump-17,OU=line-1,O=Acme\\, Inc.,C=FR,SERIALNUMBER=A-1742,E=x@example.com");

        assertThat(facts.at("/subject/cn").stringValue()).isEqualTo("pump-17");
        assertThat(facts.at("/subject/ou").stringValue()).isEqualTo("line-1");
        assertThat(facts.at("/subject/o").stringValue()).isEqualTo("Acme, Inc.");
        assertThat(facts.at("/subject/c").stringValue()).isEqualTo("FR");
        assertThat(facts.at("/subject/serialNumber").stringValue()).isEqualTo("A-1742");
        assertThat(facts.at("/subject/email").stringValue()).isEqualTo("x@example.com");
    }

    @Test
    void theIssuerAndTheNumbersAreThere() {
        X509Certificate certificate = FACTORY.issue("CN=pump-17").make().certificate();
        ObjectNode facts = CertificateFacts.of(certificate);

        assertThat(facts.at("/issuer/cn").stringValue()).isEqualTo("Factory");
        assertThat(facts.at("/issuer/o").stringValue()).isEqualTo("Acme");
        assertThat(facts.at("/serial").stringValue())
                .isEqualTo(certificate.getSerialNumber().toString(16));
        assertThat(facts.at("/sha256").stringValue()).matches("[0-9a-f]{64}");
    }

    @Test
    void otherNamesAreListed() {
        ObjectNode facts = CertificateFacts.of(
                FACTORY.issue("CN=pump-17").named("pump-17.example.com").make().certificate());

        assertThat(facts.at("/san/dns/0").stringValue()).isEqualTo("pump-17.example.com");
        assertThat(facts.at("/san/uri").isEmpty()).isTrue();
    }

    @Test
    void whatComesSeveralTimesIsAList() {
        assertThat(facts("CN=a,OU=b,OU=c").at("/subject/ou")).hasSize(2);
        assertThat(CertificateFacts.commonNames(
                        FACTORY.issue("CN=a+CN=b").make().certificate()))
                .containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aCertificateWithoutASubjectHasNoParts() {
        X509Certificate nameless =
                FACTORY.issue("").named("pump-17.example.com").make().certificate();
        assertThat(CertificateFacts.of(nameless).get("subject").isEmpty()).isTrue();
        assertThat(CertificateFacts.subject(nameless, "serialNumber")).isEqualTo(List.of());
    }

    private static ObjectNode facts(String subject) {
        return CertificateFacts.of(FACTORY.issue(subject).make().certificate());
    }
}
