package io.warren.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.platform.security.Caller;
import io.warren.provisioning.attestation.Source;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import io.warren.testing.contract.AccessContract;
import io.warren.testing.contract.OpenApiContract;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@ProvisioningTest
@Backed
class OpenApiTest {

    @Test
    void theDocumentSaysWhatTheServiceDoes(@Autowired OpenApiWebMvcResource running) throws IOException {
        // what is imported goes as a stream, past what the controllers' signatures show
        assertThat(OpenApiContract.differences(running, Caller.class, Source.class))
                .containsExactlyInAnyOrder(
                        "POST /api/v1/enrollment-groups/{id}/manifest:import: 200: application/x-ndjson is in the document only",
                        "POST /api/v1/enrollment-groups/{id}/manifest:import: request: application/x-ndjson is in the document only",
                        "POST /api/v1/enrollment-groups/{id}/manifest:import: request: text/csv is in the document only");
    }

    @Test
    void theDocumentSaysWhoMayDoIt(@LocalServerPort int port, @Autowired TestTokens tokens) throws Exception {
        assertThat(new AccessContract(port, tokens).differences()).isEmpty();
    }
}
