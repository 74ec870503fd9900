package io.warren.provisioning;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The provisioning service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ProvisioningApplication {

    /** Starts the service. */
    public static void main(String[] arguments) {
        SpringApplication.run(ProvisioningApplication.class, arguments);
    }
}
