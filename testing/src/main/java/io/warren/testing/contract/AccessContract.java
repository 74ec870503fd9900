package io.warren.testing.contract;

import io.warren.testing.backing.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The roles that the {@code openapi.yaml} of a service names, in the {@code security} of each operation: the least that a caller
 * must have. An operation without security is for devices, for whom the gateway speaks.
 */
public final class AccessContract {

    /** Each includes those before it, but for the first, which is on its own. */
    private static final List<String> ROLES =
            List.of("device", "viewer", "operator", "integrator", "admin", "platform-admin");

    private static final String ANYTHING = "00000000-0000-0000-0000-000000000000";

    private final int port;
    private final TestTokens tokens;

    /** The roles of a running service. */
    public AccessContract(int port, TestTokens tokens) {
        this.port = port;
        this.tokens = tokens;
    }

    /**
     * Where the service lets in another role than the document says. Requests are sent that can do nothing: they have no body and
     * are about what does not exist.
     *
     * @return a sentence for each difference; empty when the document is true
     */
    public List<String> differences() throws IOException, InterruptedException {
        JsonNode document = OpenApiContract.document();
        Map<String, JsonNode> operations = new ApiDescription(document).operations();
        List<String> differences = new ArrayList<>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            // the answer to a HEAD has no body to tell one refusal from another
            operations.keySet().removeIf(name -> name.startsWith("HEAD "));
            for (Map.Entry<String, JsonNode> operation : operations.entrySet()) {
                String least = leastRole(operation.getValue().path("security"), document.path("security"));
                for (String role : ROLES) {
                    boolean said = role.equals(least)
                            || (!least.equals("device") && ROLES.indexOf(role) > ROLES.indexOf(least));
                    if (said != isLetIn(http, operation.getKey(), role)) {
                        differences.add(operation.getKey() + " is " + (said ? "refused to " : "open to ") + role
                                + " by the code only");
                    }
                }
            }
        }
        return differences;
    }

    private boolean isLetIn(HttpClient http, String operation, String role) throws IOException, InterruptedException {
        String[] methodAndPath = operation.split(" ", 2);
        String path = methodAndPath[1].replaceAll("\\{[^}]+}", ANYTHING);
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(methodAndPath[0], BodyPublishers.noBody())
                        .header("Authorization", tokens.bearer("acme", role))
                        .build(),
                BodyHandlers.ofString());
        return answer.statusCode() != 401 && !answer.body().contains("urn:warren:problem:forbidden");
    }

    private static String leastRole(JsonNode ofOperation, JsonNode ofDocument) {
        JsonNode security = ofOperation.isMissingNode() ? ofDocument : ofOperation;
        return security.path(0).path("apiKey").path(0).asString("device");
    }
}
