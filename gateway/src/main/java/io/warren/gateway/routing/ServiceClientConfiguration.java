package io.warren.gateway.routing;

import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.impl.io.MonitoringResponseOutOfOrderStrategy;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The HTTP client towards the services. It blocks, which costs a virtual thread nothing, and its pool is bounded. Whatever a
 * client does on its own account is switched off: a gateway hands on what it gets.
 */
@Configuration(proxyBeanMethods = false)
class ServiceClientConfiguration {

    private static final int SERVICES = 4;

    /** Less than the services keep an idle connection open, so that none is used as it is being closed. */
    private static final TimeValue IDLE = TimeValue.ofSeconds(10);

    private static final TimeValue CHECKED_AFTER = TimeValue.ofSeconds(1);

    /** A look for an early answer takes a millisecond: every 8 KiB, as is usual, it would hold an upload to some 5 MB/s. */
    private static final long LOOK_EVERY_BYTES = 256 * 1024;

    @Bean(destroyMethod = "close")
    CloseableHttpClient serviceClient(RoutingProperties properties) {
        Timeout connect = Timeout.of(properties.connectTimeout());
        Timeout response = Timeout.of(properties.responseTimeout());
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        // a service that refuses an upload says so before it has all of it
                        .responseOutOfOrderStrategy(new MonitoringResponseOutOfOrderStrategy(LOOK_EVERY_BYTES))
                        .build())
                .setMaxConnPerRoute(properties.maxConnections())
                .setMaxConnTotal(properties.maxConnections() * SERVICES)
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setTcpNoDelay(true)
                        .setSoTimeout(response)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setSocketTimeout(response)
                        .setValidateAfterInactivity(CHECKED_AFTER)
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(connect)
                        .setResponseTimeout(response)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .evictIdleConnections(IDLE)
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableDefaultUserAgent()
                .disableRedirectHandling()
                .build();
    }
}
