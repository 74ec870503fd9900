package io.warren.telemetry.directory;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.security.Caller;
import io.warren.platform.trace.TraceContext;
import java.net.http.HttpClient;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** Asks the registry whether a device exists, on the caller's behalf. */
@Component
class RegistryQuestion {

    private static final Logger log = LoggerFactory.getLogger(RegistryQuestion.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final RestClient registry;

    RegistryQuestion(DirectoryProperties properties) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(properties.timeout())
                .build());
        requests.setReadTimeout(properties.timeout());
        registry = RestClient.builder()
                .baseUrl(properties.registryUrl())
                .requestFactory(requests)
                .build();
    }

    /**
     * Whether the caller's tenant has the device.
     *
     * @throws ProblemException of kind {@link ProblemKind#UNAVAILABLE} if the registry does not say
     */
    boolean knows(Caller caller, String device) {
        HttpStatusCode status;
        try {
            status = registry.get()
                    .uri("/api/v1/devices/{device}", device)
                    .headers(headers -> {
                        headers.setBearerAuth(caller.token());
                        TraceContext trace = TraceContext.current();
                        if (trace != null) {
                            headers.set(TraceContext.HEADER, trace.child().traceparent());
                        }
                        headers.set(HttpHeaders.ACCEPT, "application/json");
                    })
                    .exchange((_, response) -> response.getStatusCode());
        } catch (ResourceAccessException e) {
            log.warn("The registry does not answer: {}", e.getMessage());
            throw away();
        }
        if (status.is2xxSuccessful()) {
            return true;
        }
        if (status.value() == 404) {
            return false;
        }
        log.warn("The registry answers {} when asked about a device", status);
        throw away();
    }

    private static ProblemException away() {
        return new ProblemException(
                ProblemKind.UNAVAILABLE,
                "The registry, which knows whether this device exists, does not answer.",
                RETRY_AFTER);
    }
}
