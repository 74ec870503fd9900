package io.warren.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

/** The one door to the platform from outside. */
@SpringBootApplication(exclude = {UserDetailsServiceAutoConfiguration.class})
@ConfigurationPropertiesScan
public class GatewayApplication {

    /** Starts the gateway; its configuration is in {@code application.yaml}. */
    public static void main(String[] args) {
        SpringApplication.run(GatewayApplication.class, args);
    }
}
