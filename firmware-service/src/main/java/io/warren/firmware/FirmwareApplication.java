package io.warren.firmware;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The firmware service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class FirmwareApplication {

    /** Starts the service. */
    public static void main(String[] arguments) {
        SpringApplication.run(FirmwareApplication.class, arguments);
    }
}
