package io.warren.gateway.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The key that this replica signs with. Its private half never leaves the process; it is replaced after its lifetime, and a new
 * one signs nothing before its public half can be read by the services.
 */
@Component
class SigningKey {

    private static final Logger log = LoggerFactory.getLogger(SigningKey.class);

    private final KeyPublication publication;
    private final TokenProperties properties;
    private final Clock clock;
    private volatile Generation current;

    SigningKey(KeyPublication publication, TokenProperties properties, Clock clock) {
        this.publication = publication;
        this.properties = properties;
        this.clock = clock;
        this.current = generate();
    }

    /** The key pair to sign with now. */
    ECKey current() {
        return current.key();
    }

    /** Replaces the key when it is due. While the database is away the old one goes on: it is published for long enough. */
    @Scheduled(fixedDelay = 60_000, initialDelay = 60_000)
    void rotate() {
        if (clock.instant().isBefore(current.replaceAt())) {
            return;
        }
        current = generate();
        log.info("Tokens are signed with key {} from now on", current.key().getKeyID());
    }

    private Generation generate() {
        ECKey key;
        try {
            key = new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("This Java runtime has no P-256 keys", e);
        }
        Instant now = clock.instant();
        publication.publish(key, now.plus(properties.keyLifetime().multipliedBy(3)));
        return new Generation(key, now.plus(properties.keyLifetime()));
    }

    private record Generation(ECKey key, Instant replaceAt) {}
}
