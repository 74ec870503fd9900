package io.warren.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.platform.security.Caller;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import io.warren.testing.contract.AccessContract;
import io.warren.testing.contract.OpenApiContract;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@FirmwareTest
@Backed
class OpenApiTest {

    @Test
    void theDocumentSaysWhatTheServiceDoes(@Autowired OpenApiWebMvcResource running) throws IOException {
        // files are read and written as streams, past what the controllers' signatures show
        assertThat(OpenApiContract.differences(running, Caller.class))
                .containsExactly(
                        "GET /device/v1/artifacts/{token}/{name}: 200: application/octet-stream is in the document only",
                        "GET /device/v1/artifacts/{token}/{name}: 206: application/octet-stream is in the document only",
                        "POST /api/v1/artifacts: request: */* is in the document only",
                        "POST /api/v1/artifacts: request: application/octet-stream is in the document only");
    }

    @Test
    void theDocumentSaysWhoMayDoIt(@LocalServerPort int port, @Autowired TestTokens tokens) throws Exception {
        assertThat(new AccessContract(port, tokens).differences()).isEmpty();
    }
}
