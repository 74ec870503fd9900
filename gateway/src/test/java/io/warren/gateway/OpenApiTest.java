package io.warren.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.testing.contract.OpenApiContract;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.beans.factory.annotation.Autowired;

class OpenApiTest extends RunningGateway {

    @Test
    void the_document_says_what_the_gateway_does(@Autowired OpenApiWebMvcResource running) throws IOException {
        assertThat(OpenApiContract.differences(running)).isEmpty();
    }
}
