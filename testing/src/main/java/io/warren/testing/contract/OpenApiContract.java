package io.warren.testing.contract;

import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.springdoc.core.utils.SpringDocUtils;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The {@code openapi.yaml} of the service whose tests are running. It is written by hand, for people; this compares it with what
 * springdoc reads off the running controllers, so that neither changes without the other.
 */
public final class OpenApiContract {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ADDRESS = "/v3/api-docs";

    private OpenApiContract() {}

    /** The document as it is committed. */
    public static JsonNode document() throws IOException {
        return yaml(Files.readString(Path.of("openapi.yaml")));
    }

    /**
     * Where the document and the code differ: operations, parameters, bodies, the answers that tell of success, and what all of
     * these look like.
     *
     * @param running what springdoc reads off the running service
     * @param supplied types of parameters that do not come from the request, such as the caller
     * @return a sentence for each difference; empty when the document is true
     */
    public static List<String> differences(OpenApiWebMvcResource running, Class<?>... supplied) throws IOException {
        // two records may share a simple name
        TypeNameResolver.std.setUseFqn(true);
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(supplied)
                .replaceWithSchema(JsonNode.class, new Schema<>())
                .replaceWithSchema(DeviceId.class, new StringSchema().pattern(DeviceId.FORM))
                .replaceWithSchema(TenantId.class, new StringSchema().pattern(TenantId.FORM));
        byte[] code = running.openapiJson(new MockHttpServletRequest("GET", ADDRESS), ADDRESS, Locale.ROOT);
        return ApiComparison.differences(JSON.readTree(code), document());
    }

    static JsonNode yaml(String text) {
        return JSON.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(text));
    }
}
