package io.warren.registry;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.servers.Server;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.security.Caller;
import io.warren.testing.contract.ContractFile;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;

@RegistryTest
@AutoConfigureMockMvc(addFilters = false)
@TestPropertySource(
        properties = {
            "springdoc.paths-to-match=/api/**",
            "springdoc.default-produces-media-type=application/json",
            "springdoc.writer-with-order-by-keys=true"
        })
class OpenApiTest {

    @Autowired
    MockMvc mvc;

    @BeforeAll
    static void describeOurTypes() {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(Caller.class)
                .replaceWithSchema(DeviceId.class, new StringSchema().pattern(DeviceId.FORM))
                .replaceWithSchema(TenantId.class, new StringSchema().pattern(TenantId.FORM));
    }

    @TestConfiguration
    static class Description {

        @Bean
        OpenAPI registry() {
            return new OpenAPI()
                    .info(new Info().title("Warren registry").version("v1"))
                    .servers(List.of(new Server().url("/")));
        }
    }

    @Test
    void theCommittedDescriptionIsThatOfTheRunningService() throws Exception {
        ContractFile.openApi()
                .matches(mvc.perform(get("/v3/api-docs.yaml"))
                        .andReturn()
                        .getResponse()
                        .getContentAsString());
    }
}
