package io.warren.provisioning.issuing;

import io.warren.platform.pace.ReturnTimes;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The roots that devices, the broker and the gateway trust; two while one takes the other's place. */
@Component
public class TrustBundle {

    private static final Logger log = LoggerFactory.getLogger(TrustBundle.class);

    private final IssuingProperties properties;
    private final ReturnTimes returnTimes = ReturnTimes.afterOutage();

    TrustBundle(IssuingProperties properties) {
        this.properties = properties;
    }

    /** The roots' certificates; none if the bundle cannot be read. */
    List<X509CertificateHolder> roots() {
        try {
            return Pem.certificates(Files.readString(properties.caFile()));
        } catch (IOException e) {
            log.error("The authorities that devices are to trust cannot be read", e);
            return List.of();
        }
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
                    ProblemKind.UNAVAILABLE, "The service is not set up completely.", returnTimes.next());
        }
    }
}
