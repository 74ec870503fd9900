package io.warren.gateway;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.warren.contracts.device.TenantId;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** What the description of the gateway's own operations says beside the operations. */
@TestConfiguration(proxyBeanMethods = false)
class OpenApiDescription {

    private static final String API_KEY = "apiKey";

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(new Info().title("Warren: API keys").version("v1"))
                .servers(List.of(new Server().url("/")))
                .addSecurityItem(new SecurityRequirement().addList(API_KEY))
                .components(new Components()
                        .addSecuritySchemes(
                                API_KEY,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("An API key: wk_<id>_<secret>")));
    }

    @Bean
    OpenApiCustomizer whatAllOperationsHaveInCommon() {
        return api ->
                api.getPaths().values().forEach(path -> path.readOperations().forEach(OpenApiDescription::complete));
    }

    private static void complete(Operation operation) {
        operation.addParametersItem(new HeaderParameter()
                .name("Warren-Tenant")
                .description("The tenant that a key without one speaks of; left out, it speaks of the platform's keys.")
                .schema(new StringSchema().pattern(TenantId.FORM)));
        operation
                .getResponses()
                .addApiResponse(
                        "default",
                        new ApiResponse()
                                .description("A problem (RFC 9457)")
                                .content(new Content()
                                        .addMediaType(
                                                "application/problem+json",
                                                new MediaType().schema(new ObjectSchema()))));
        operation.setTags(List.of("API keys"));
    }
}
