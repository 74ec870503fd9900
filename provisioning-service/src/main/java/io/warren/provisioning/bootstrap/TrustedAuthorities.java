package io.warren.provisioning.bootstrap;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The authorities that devices are to trust. */
@Component
public class TrustedAuthorities {

    private static final Logger log = LoggerFactory.getLogger(TrustedAuthorities.class);

    private final BootstrapProperties properties;

    TrustedAuthorities(BootstrapProperties properties) {
        this.properties = properties;
    }

    /**
     * Their certificates in PEM, as the file has them now.
     *
     * @throws ProblemException of kind {@link ProblemKind#UNAVAILABLE} if it cannot be read
     */
    public String pem() {
        try {
            return Files.readString(properties.caFile());
        } catch (IOException e) {
            log.error("The authorities that devices are to trust cannot be read", e);
            throw new ProblemException(
                    ProblemKind.UNAVAILABLE, "The service is not set up completely.", Duration.ofMinutes(1));
        }
    }
}
