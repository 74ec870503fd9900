package io.warren.provisioning.issuing;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The roots that devices, the broker and the gateway trust; two while one takes the other's place. */
@Component
public class TrustBundle {

    private static final Logger log = LoggerFactory.getLogger(TrustBundle.class);

    private final IssuingProperties properties;

    TrustBundle(IssuingProperties properties) {
        this.properties = properties;
    }

    /**
     * The bundle in PEM, read for each answer, so that it can be replaced.
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
