package io.warren.provisioning.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.warren.platform.clientcertificate.ClientCertFields;
import io.warren.platform.problem.ProblemException;
import io.warren.provisioning.attestation.Source;
import io.warren.testing.tls.ClientIdentity;
import io.warren.testing.tls.TestAuthority;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.MethodParameter;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.ServletWebRequest;

class SourceArgumentResolverTest {

    private final SourceArgumentResolver resolver = new SourceArgumentResolver();
    private final MockHttpServletRequest request = new MockHttpServletRequest();

    @ParameterizedTest
    @CsvSource({
        "for=192.0.2.17, 192.0.2.17",
        "'for=\"[2001:db8:0:0:0:0:0:17]\"', 2001:db8:0:0:0:0:0:17",
        "for=unknown,",
        "'for=192.0.2.17, for=192.0.2.18',",
        "for=999.0.2.17,"
    })
    void theAddressIsTheGatewaysWord(String forwarded, String expected) throws Exception {
        request.addHeader("Forwarded", forwarded);
        assertThat(source().address()).isEqualTo(expected);
    }

    @Test
    void theCertificateComesWithItsChain() throws Exception {
        ClientIdentity pump = TestAuthority.generate().identify("CN=A-1742");
        request.addHeader("Client-Cert", ClientCertFields.item(pump.certificate()));
        request.addHeader(
                "Client-Cert-Chain",
                ClientCertFields.list(pump.chain().subList(1, pump.chain().size())));
        assertThat(source().certificates()).isEqualTo(pump.chain());
    }

    @Test
    void withoutAnythingNothingIsKnown() throws Exception {
        assertThat(source()).isEqualTo(Source.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MIIB", ":MIIB:"})
    void whatCannotBeReadIsMalformed(String value) {
        request.addHeader("Client-Cert", value);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(this::source)
                .matches(problem -> problem.kind().name().equals("malformed"));
    }

    private Source source() throws NoSuchMethodException {
        Method method = SourceArgumentResolverTest.class.getDeclaredMethod("handle", Source.class);
        MethodParameter parameter = new MethodParameter(method, 0);
        assertThat(resolver.supportsParameter(parameter)).isTrue();
        return (Source) resolver.resolveArgument(parameter, null, new ServletWebRequest(request), null);
    }

    /** As a controller has it. */
    @SuppressWarnings({"UnusedMethod", "UnusedVariable"})
    private static void handle(Source source) {}
}
