package io.warren.telemetry;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import io.swagger.v3.oas.models.media.ObjectSchema;
import io.warren.platform.security.Caller;
import io.warren.testing.backing.Backed;
import io.warren.testing.contract.ContractFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.test.web.servlet.MockMvc;

@Backed
@SpringBootTest(properties = "warren.ingest.enabled=false")
@AutoConfigureMockMvc(addFilters = false)
class OpenApiTest {

    @Autowired
    MockMvc mvc;

    @BeforeAll
    static void describeOurTypes() {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
    }

    @Test
    void theCommittedDescriptionIsThatOfTheRunningService() throws Exception {
        ContractFile.openApi()
                .matches(mvc.perform(get("/v3/api-docs.yaml"))
                        .andReturn()
                        .getResponse()
                        .getContentAsString());
    }

    @TestConfiguration
    static class Values {

        /** They go out as the JSON that they are kept as, which their Java type does not show. */
        @Bean
        OpenApiCustomizer valuesAreAnObject() {
            return description -> description
                    .getComponents()
                    .getSchemas()
                    .get("TelemetryItem")
                    .addProperty("values", new ObjectSchema());
        }
    }
}
