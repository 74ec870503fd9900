package io.warren.provisioning.issuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.provisioning.TestAuthorities;
import java.security.KeyPair;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateRequestTest {

    private static final KeyPair KEY = TestAuthorities.key("secp256r1");
    private static final String REQUEST = TestAuthorities.request(KEY);

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "Ed25519"})
    void aRequestForAKeyOfAKnownKindIsRead(String kind) throws Exception {
        KeyPair key = TestAuthorities.key(kind);

        CertificateRequest request = CertificateRequest.parse(TestAuthorities.request(key));

        assertThat(request.key().getEncoded()).isEqualTo(key.getPublic().getEncoded());
    }

    @Test
    void itMayBeInPemWithTextAroundIt() {
        String pem = "Certificate Request:\n-----BEGIN CERTIFICATE REQUEST-----\r\n"
                + REQUEST.replaceAll("(.{64})", "$1\r\n") + "\r\n-----END CERTIFICATE REQUEST-----\r\n";

        assertThat(CertificateRequest.parse(pem).key())
                .isEqualTo(CertificateRequest.parse(REQUEST).key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp521r1", "X25519-is-no-signature", "RSA"})
    void aKeyOfAnotherKindIsRefused(String kind) {
        KeyPair key = TestAuthorities.key(kind.equals("secp521r1") ? kind : "RSA");

        assertThat(refusal(TestAuthorities.request(key)))
                .isEqualTo("its key is none of EC P-256, EC P-384 and Ed25519");
    }

    @Test
    void aRequestThatIsSignedWithAnotherKeyIsRefused() {
        String forged =
                TestAuthorities.request(KEY, TestAuthorities.key("secp256r1").getPrivate());

        assertThat(refusal(forged)).isEqualTo("it is not signed with the key that it names");
    }

    @Test
    void aRequestThatWasChangedIsRefused() {
        byte[] changed = Base64.getDecoder().decode(REQUEST);
        changed[changed.length - 1] ^= 1;

        assertThat(refusal(Base64.getEncoder().encodeToString(changed)))
                .isEqualTo("it is not signed with the key that it names");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "MIIB",
                "-----BEGIN CERTIFICATE REQUEST-----",
                "-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n",
                "-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----",
                "MIAAAAAA"
            })
    void whatIsNoRequestIsRefused(String text) {
        assertThat(refusal(text)).isNotBlank();
    }

    @Test
    void aRequestThatIsTooLongIsRefused() {
        assertThat(refusal("A".repeat(8_193))).isEqualTo("it has more than 8192 characters");
    }

    @Property(tries = 300)
    void bytesThatAreAnythingButARequestAreRefusedInTheSameWay(@ForAll byte[] bytes) {
        assertThat(refusal(Base64.getEncoder().encodeToString(bytes))).isNotBlank();
    }

    @Property(tries = 300)
    void aByteThatIsAnotherMakesNoOtherTrouble(@ForAll int place, @ForAll byte value) {
        byte[] changed = Base64.getDecoder().decode(REQUEST);
        changed[Math.floorMod(place, changed.length)] = value;
        try {
            CertificateRequest.parse(Base64.getEncoder().encodeToString(changed));
        } catch (ProblemException e) {
            assertThat(e.kind()).isEqualTo(ProblemKind.INVALID);
        }
    }

    private static String refusal(String text) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> CertificateRequest.parse(text));
        assertThat(problem.kind()).isEqualTo(ProblemKind.INVALID);
        assertThat(problem.violations()).extracting(Violation::pointer).containsExactly("/csr");
        return problem.violations().getFirst().detail();
    }
}
