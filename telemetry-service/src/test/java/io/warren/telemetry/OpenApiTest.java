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
        // values and data go out as the JSON that they are kept as, and bodies are read by hand: Java types show
        // neither
        assertThat(OpenApiContract.differences(running, Caller.class))
                .containsExactlyInAnyOrder(
                        "GET /api/v1/devices/{device}/telemetry: 200/items[]/values: type is string in the code, object in the document",
                        "GET /api/v1/devices/{device}/telemetry/latest: 200/items[]/values: type is string in the code, object in the document",
                        "GET /api/v1/devices/{device}/events: 200/items[]/data: type is string in the code, object in the document",
                        "GET /api/v1/events: 200/items[]/data: type is string in the code, object in the document",
                        "POST /device/v1/telemetry: request: application/json is in the document only",
                        "POST /device/v1/telemetry/{stream}: request: application/json is in the document only",
                        "POST /device/v1/events/{type}: request: application/json is in the document only",
                        "POST /device/v1/logs: request: application/json is in the document only",
                        "POST /device/v1/via/{device}/telemetry: request: application/json is in the document only",
                        "POST /device/v1/via/{device}/telemetry/{stream}: request: application/json is in the document only",
                        "POST /device/v1/via/{device}/events/{type}: request: application/json is in the document only",
                        "POST /device/v1/via/{device}/logs: request: application/json is in the document only");
    }

    @Test
    void theDocumentSaysWhoMayDoIt(@LocalServerPort int port, @Autowired TestTokens tokens) throws Exception {
        assertThat(new AccessContract(port, tokens).differences()).isEmpty();
    }
}
