package io.warren.provisioning.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.testing.tls.TestIdentity;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Test;

class TrustAnchorsTest {

    private final Instant now = Clock.systemUTC().instant();
    private static final TestIdentity ROOT = TestIdentity.authority("CN=Factory,O=Acme");

    @Test
    void whatTheAuthorityHasIssuedIsBelieved() {
        assertThat(flaw(ROOT, ROOT.issue("CN=pump-17").make())).isEmpty();
    }

    @Test
    void itMayHaveIssuedItThroughAnother() {
        TestIdentity line = ROOT.issue("CN=Line 1").asAuthority(0).make();
        assertThat(flaw(ROOT, line.issue("CN=pump-17").make(), line)).isEmpty();
    }

    @Test
    void anIntermediateAuthorityCanBeTheOneToTrust() {
        TestIdentity line = ROOT.issue("CN=Line 1").asAuthority().make();
        assertThat(TrustAnchors.objection(line.certificate(), now)).isEmpty();
        assertThat(flaw(line, line.issue("CN=pump-17").make())).isEmpty();
        assertThat(flaw(line, ROOT.issue("CN=pump-17").make())).isPresent();
    }

    @Test
    void aSignatureOfSomebodyElseIsForged() {
        assertThat(flaw(ROOT, ROOT.issue("CN=pump-17").forge())).contains(Flaw.FORGED);
    }

    @Test
    void anAuthorityOfTheSameNameIsAnother() {
        TestIdentity impostor = TestIdentity.authority("CN=Factory,O=Acme");
        assertThat(flaw(ROOT, impostor.issue("CN=pump-17").make())).contains(Flaw.FORGED);
    }

    @Test
    void whatIsOverIsExpired() {
        assertThat(flaw(
                        ROOT,
                        ROOT.issue("CN=pump-17")
                                .validFor(Duration.ofDays(-2), Duration.ofDays(-1))
                                .make()))
                .contains(Flaw.EXPIRED);
    }

    @Test
    void whatHasNotBegunIsNotYetValid() {
        assertThat(flaw(
                        ROOT,
                        ROOT.issue("CN=pump-17")
                                .validFor(Duration.ofHours(1), Duration.ofDays(1))
                                .make()))
                .contains(Flaw.NOT_YET_VALID);
    }

    @Test
    void anAuthorityThatIsOverHasNothingToSayAnyMore() {
        TestIdentity old = TestIdentity.selfSigned("CN=Old")
                .validFor(Duration.ofDays(-2), Duration.ofDays(-1))
                .asAuthority()
                .make();
        assertThat(TrustAnchors.objection(old.certificate(), now)).isPresent();
        assertThat(flaw(old, old.issue("CN=pump-17").make())).contains(Flaw.EXPIRED);
    }

    @Test
    void aDeviceIssuesNothing() {
        TestIdentity device = ROOT.issue("CN=pump-17").make();
        assertThat(flaw(ROOT, device.issue("CN=pump-18").make(), device)).contains(Flaw.BROKEN_PATH);
    }

    @Test
    void anAuthorityThatMayNotSignCertificatesIssuesNothing() {
        TestIdentity line = ROOT.issue("CN=Line 1")
                .with(Extension.basicConstraints, new BasicConstraints(true))
                .forUse(KeyUsage.cRLSign)
                .forAnything()
                .make();
        assertThat(flaw(ROOT, line.issue("CN=pump-17").make(), line)).contains(Flaw.BROKEN_PATH);
    }

    @Test
    void aPathIsNotLongerThanAnAuthorityInItAllows() {
        TestIdentity line = ROOT.issue("CN=Line 1").asAuthority(0).make();
        TestIdentity station = line.issue("CN=Station 1").asAuthority().make();
        assertThat(flaw(ROOT, station.issue("CN=pump-17").make(), station, line))
                .contains(Flaw.BROKEN_PATH);
    }

    @Test
    void aPathIsNotLongerThanTheAuthorityItselfAllows() {
        TestIdentity narrow =
                TestIdentity.selfSigned("CN=Narrow").asAuthority(0).make();
        TestIdentity line = narrow.issue("CN=Line 1").asAuthority().make();
        assertThat(flaw(narrow, narrow.issue("CN=pump-17").make())).isEmpty();
        assertThat(flaw(narrow, line.issue("CN=pump-17").make(), line)).contains(Flaw.BROKEN_PATH);
    }

    @Test
    void aWeakAuthorityInBetweenWeakensThePath() {
        TestIdentity line = ROOT.issue("CN=Line 1")
                .with(TestIdentity.keys("RSA", 1024))
                .asAuthority()
                .make();
        assertThat(flaw(ROOT, line.issue("CN=pump-17").make(), line)).contains(Flaw.WEAK);
    }

    @Test
    void anExtensionThatNobodyKnowsAndThatMattersBreaksThePath() {
        TestIdentity device = ROOT.issue("CN=pump-17")
                .with(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"), new DERUTF8String("?"))
                .make();
        assertThat(flaw(ROOT, device)).contains(Flaw.BROKEN_PATH);
    }

    @Test
    void aDevicesCertificateIsNoAuthoritys() {
        assertThat(TrustAnchors.objection(ROOT.issue("CN=pump-17").make().certificate(), now))
                .hasValueSatisfying(objection -> assertThat(objection).contains("CA"));
    }

    @Test
    void aWeakAuthorityIsNotTakenOn() {
        TestIdentity small = TestIdentity.selfSigned("CN=Small")
                .with(TestIdentity.keys("RSA", 1024))
                .asAuthority()
                .make();
        TestIdentity old = TestIdentity.selfSigned("CN=Old")
                .with(TestIdentity.keys("RSA", 2048))
                .signedWith("SHA1withRSA")
                .asAuthority()
                .make();
        assertThat(TrustAnchors.objection(small.certificate(), now)).contains(Flaw.WEAK.text());
        assertThat(TrustAnchors.objection(old.certificate(), now)).contains(Flaw.WEAK.text());
    }

    @Test
    void anAuthorityWithNameConstraintsIsNotTakenOn() {
        TestIdentity constrained = TestIdentity.selfSigned("CN=Constrained")
                .with(
                        Extension.nameConstraints,
                        new NameConstraints(
                                new GeneralSubtree[] {
                                    new GeneralSubtree(new GeneralName(GeneralName.dNSName, "example.com"))
                                },
                                null))
                .asAuthority()
                .make();
        assertThat(TrustAnchors.objection(constrained.certificate(), now))
                .hasValueSatisfying(objection -> assertThat(objection).contains("name constraints"));
    }

    @Test
    void whoHasIssuedSomethingIsKnownByItsSignature() {
        assertThat(TrustAnchors.hasIssued(
                        ROOT.certificate(), ROOT.issue("CN=x").make().certificate()))
                .isTrue();
        assertThat(TrustAnchors.hasIssued(
                        ROOT.certificate(), ROOT.issue("CN=x").forge().certificate()))
                .isFalse();
    }

    private Optional<Flaw> flaw(TestIdentity authority, TestIdentity... path) {
        List<X509Certificate> certificates =
                Arrays.stream(path).map(TestIdentity::certificate).toList();
        return TrustAnchors.flaw(certificates, authority.certificate(), now);
    }
}
