package io.warren.gateway.access;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes the key that comes with the installation what the configuration says, before the gateway is ready. */
@Component
class BootstrapKey implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(BootstrapKey.class);

    private final ApiKeys keys;
    private final AccessProperties properties;
    private final Clock clock;

    BootstrapKey(ApiKeys keys, AccessProperties properties, Clock clock) {
        this.keys = keys;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        String configured = properties.bootstrapKey();
        if (configured == null) {
            keys.remove(Credential.BOOTSTRAP_ID);
            log.warn("warren.access.bootstrap-key is not set: only keys made earlier open anything");
            return;
        }
        Credential credential = new Credential(Credential.BOOTSTRAP_ID, configured);
        keys.ensureBootstrap(credential.id(), credential.hash(), clock.instant());
    }
}
