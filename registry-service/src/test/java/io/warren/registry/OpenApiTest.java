package io.warren.registry;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import io.swagger.v3.oas.models.media.StringSchema;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.security.Caller;
import io.warren.testing.contract.ContractFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.web.servlet.MockMvc;

@RegistryTest
@AutoConfigureMockMvc(addFilters = false)
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

    @Test
    void theCommittedDescriptionIsThatOfTheRunningService() throws Exception {
        ContractFile.openApi()
                .matches(mvc.perform(get("/v3/api-docs.yaml"))
                        .andReturn()
                        .getResponse()
                        .getContentAsString());
    }
}
