package io.warren.telemetry;

import io.warren.platform.security.AccessRules;
import io.warren.platform.security.Role;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;

/** The telemetry service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class TelemetryApplication {

    /** Starts the service. */
    public static void main(String[] args) {
        SpringApplication.run(TelemetryApplication.class, args);
    }

    @Bean
    AccessRules accessRules() {
        return rules -> rules.allow(
                        HttpMethod.GET,
                        Role.VIEWER,
                        "/api/v1/devices/*/telemetry/**",
                        "/api/v1/telemetry/rejected",
                        "/api/v1/devices/*/logs",
                        "/api/v1/logs",
                        "/api/v1/devices/*/events",
                        "/api/v1/events")
                .allow(
                        HttpMethod.POST,
                        Role.DEVICE,
                        "/device/v1/telemetry",
                        "/device/v1/telemetry/*",
                        "/device/v1/events/*",
                        "/device/v1/logs",
                        "/device/v1/via/*/telemetry",
                        "/device/v1/via/*/telemetry/*",
                        "/device/v1/via/*/events/*",
                        "/device/v1/via/*/logs");
    }
}
