package io.warren.firmware.directory;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.trace.TraceContext;
import java.net.http.HttpClient;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** Asks the registry itself. */
@Component
class RegistryLookup {

    private static final Logger log = LoggerFactory.getLogger(RegistryLookup.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final RestClient registry;

    RegistryLookup(DirectoryProperties properties) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(properties.timeout())
                .build();
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
        requests.setReadTimeout(properties.timeout());
        registry = RestClient.builder()
                .requestFactory(requests)
                .baseUrl(properties.registryUrl().toString())
                .build();
    }

    boolean knows(DeviceAddress address, String token) {
        HttpStatus status;
        try {
            status = registry.get()
                    .uri("/api/v1/devices/{id}", address.device().value())
                    .headers(headers -> {
                        headers.setBearerAuth(token);
                        TraceContext trace = TraceContext.current();
                        if (trace != null) {
                            headers.set(TraceContext.HEADER, trace.traceparent());
                        }
                    })
                    .exchange((_, response) ->
                            HttpStatus.valueOf(response.getStatusCode().value()));
        } catch (ResourceAccessException e) {
            log.warn("The registry cannot be asked: {}", e.getMessage());
            status = HttpStatus.SERVICE_UNAVAILABLE;
        }
        if (status == HttpStatus.OK) {
            return true;
        }
        if (status == HttpStatus.NOT_FOUND) {
            return false;
        }
        log.warn("The registry answered {} when asked about a device", status);
        throw new ProblemException(ProblemKind.UNAVAILABLE, "The registry does not answer.", RETRY);
    }
}
