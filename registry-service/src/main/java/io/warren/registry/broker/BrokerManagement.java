package io.warren.registry.broker;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.warren.contracts.device.DeviceAddress;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.amqp.autoconfigure.RabbitProperties;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** The broker's management API. Every call may throw a {@link RestClientException}: the broker may be away. */
@Component
public class BrokerManagement {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration READ = Duration.ofSeconds(10);
    private static final int PAGE_SIZE = 500;

    private final RestClient http;

    BrokerManagement(BrokerProperties properties, RabbitProperties rabbit) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1) // the broker answers an upgrade to HTTP/2 with an error
                .connectTimeout(CONNECT)
                .build();
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(client);
        requests.setReadTimeout(READ);
        this.http = RestClient.builder()
                .requestFactory(requests)
                .baseUrl(properties.managementUrl().toString())
                .defaultHeaders(headers -> headers.setBasicAuth(
                        String.valueOf(rabbit.determineUsername()), String.valueOf(rabbit.determinePassword())))
                .build();
    }

    /** Closes all connections of a device; harmless if it has none. */
    public void close(DeviceAddress address) {
        http.delete()
                .uri("/api/connections/username/{user}", address.toString())
                .header("X-Reason", "access revoked")
                .retrieve()
                .onStatus(HttpStatusCode::is4xxClientError, (_, response) -> {
                    if (response.getStatusCode().value() != 404) {
                        throw new RestClientException("the broker answers " + response.getStatusCode());
                    }
                })
                .toBodilessEntity();
    }

    /** The open connections of a device. */
    public List<Connection> connectionsOf(DeviceAddress address) {
        Connection[] connections = http.get()
                .uri("/api/connections/username/{user}", address.toString())
                .exchange((_, response) -> response.getStatusCode().value() == 404
                        ? new Connection[0]
                        : response.bodyTo(Connection[].class));
        if (connections == null) {
            throw new RestClientException("the broker answers without a body");
        }
        return List.of(connections);
    }

    /** One page of all connections; {@code number} counts from 1. */
    public ConnectionPage connections(int number) {
        ConnectionPage page = http.get()
                .uri(uri -> uri.path("/api/connections")
                        .queryParam("page", number)
                        .queryParam("page_size", PAGE_SIZE)
                        .queryParam("columns", "name,user,peer_host,protocol,connected_at")
                        .build())
                .retrieve()
                .body(ConnectionPage.class);
        if (page == null) {
            throw new RestClientException("the broker answers without a body");
        }
        return page;
    }

    /** A page of connections. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record ConnectionPage(int pageCount, List<Connection> items) {}

    /** An open connection, as the broker describes it; some parts may be missing while it is being opened. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Connection(
            @Nullable String name,
            @Nullable String user,
            @Nullable String peerHost,
            @Nullable String protocol,
            @Nullable Long connectedAt) {}
}
