package io.warren.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.platform.security.Caller;
import io.warren.testing.backing.TestTokens;
import io.warren.testing.contract.AccessContract;
import io.warren.testing.contract.OpenApiContract;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@RegistryTest
class OpenApiTest {

    @Test
    void theDocumentSaysWhatTheServiceDoes(@Autowired OpenApiWebMvcResource running) throws IOException {
        // what is imported, exported, sent and fetched goes as a stream, past what the controllers' signatures show
        assertThat(OpenApiContract.differences(running, Caller.class))
                .containsExactlyInAnyOrder(
                        "GET /api/v1/devices:export: 200: application/x-ndjson is in the document only",
                        "GET /api/v1/devices:export: 200: text/csv is in the document only",
                        "GET /api/v1/devices/{device}/diagnostics/{id}/content: 200: application/octet-stream is in the document only",
                        "PUT /device/v1/diagnostics/{token}: request: application/octet-stream is in the document only",
                        "POST /api/v1/devices:import: 200: application/x-ndjson is in the document only",
                        "POST /api/v1/devices:import: request: application/x-ndjson is in the document only",
                        "POST /api/v1/devices:import: request: text/csv is in the document only");
    }

    @Test
    void theDocumentSaysWhoMayDoIt(@LocalServerPort int port, @Autowired TestTokens tokens) throws Exception {
        assertThat(new AccessContract(port, tokens).differences()).isEmpty();
    }
}
