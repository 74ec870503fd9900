package io.warren.platform.registry;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.security.Caller;
import io.warren.platform.trace.TraceContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** Asks the registry on a caller's behalf. */
public final class RegistryClient {

    private static final Logger log = LoggerFactory.getLogger(RegistryClient.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final RestClient registry;

    /**
     * A client.
     *
     * @param address where the registry serves its REST API inside the platform
     * @param timeout how long it may take to connect, and to answer
     */
    public RegistryClient(URI address, Duration timeout) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build());
        requests.setReadTimeout(timeout);
        registry =
                RestClient.builder().baseUrl(address).requestFactory(requests).build();
    }

    /**
     * Whether the caller's tenant has a device.
     *
     * @throws ProblemException of kind {@link ProblemKind#UNAVAILABLE} if the registry does not say
     */
    public boolean knows(Caller caller, String device) {
        HttpStatusCode status;
        try {
            status = registry.get()
                    .uri("/api/v1/devices/{device}", device)
                    .accept(MediaType.APPLICATION_JSON)
                    .headers(headers -> {
                        headers.setBearerAuth(caller.token());
                        TraceContext trace = TraceContext.current();
                        if (trace != null) {
                            headers.set(TraceContext.HEADER, trace.child().traceparent());
                        }
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
