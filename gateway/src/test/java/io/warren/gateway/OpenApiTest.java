package io.warren.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;

/** Run with {@code -Dopenapi.write=true} to write the description anew. */
class OpenApiTest extends RunningGateway {

    private static final Path COMMITTED = Path.of("openapi.yaml");

    @Autowired
    private OpenApiWebMvcResource openApi;

    @Test
    void the_committed_description_is_that_of_the_running_gateway() throws Exception {
        String path = "/v3/api-docs.yaml";
        String described = new String(
                openApi.openapiYaml(new MockHttpServletRequest("GET", path), path, Locale.ROOT),
                StandardCharsets.UTF_8);
        if (Boolean.getBoolean("openapi.write")) {
            Files.writeString(COMMITTED, described);
        }
        assertThat(described).isEqualTo(Files.readString(COMMITTED));
    }
}
