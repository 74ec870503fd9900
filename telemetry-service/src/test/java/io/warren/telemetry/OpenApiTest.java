package io.warren.telemetry;

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
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

@Backed
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"warren.ingest.enabled=false", "warren.directory.registry-url=http://127.0.0.1:1"})
class OpenApiTest {

    @Test
    void theDocumentSaysWhatTheServiceDoes(@Autowired OpenApiWebMvcResource running) throws IOException {
        // values go out as the JSON that they are kept as, which their Java type does not show
        assertThat(OpenApiContract.differences(running, Caller.class))
                .containsExactly(
                        "GET /api/v1/devices/{device}/telemetry: 200/items[]/values: type is string in the code, object in the document",
                        "GET /api/v1/devices/{device}/telemetry/latest: 200/items[]/values: type is string in the code, object in the document");
    }

    @Test
    void theDocumentSaysWhoMayDoIt(@LocalServerPort int port, @Autowired TestTokens tokens) throws Exception {
        assertThat(new AccessContract(port, tokens).differences()).isEmpty();
    }
}
