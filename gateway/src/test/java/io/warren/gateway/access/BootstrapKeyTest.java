package io.warren.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.gateway.RunningGateway;
import io.warren.gateway.access.KeyDirectory.KeyChanged;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.transaction.support.TransactionTemplate;

class BootstrapKeyTest extends RunningGateway {

    private static final String OTHER_KEY = "YW5vdGhlci1ib290c3RyYXAta2V5LWZvci10ZXN0cy0=";

    @Autowired
    private ApiKeys keys;

    @Autowired
    private KeyDirectory directory;

    @Autowired
    private TransactionTemplate transaction;

    @AfterEach
    void asBefore() {
        startWith(BOOTSTRAP_KEY);
    }

    @Test
    void is_what_the_configuration_says() throws Exception {
        startWith(OTHER_KEY);
        assertThat(statusWith(OTHER_KEY)).isEqualTo(200);
        assertThat(statusWith(BOOTSTRAP_KEY)).isEqualTo(401);

        startWith(BOOTSTRAP_KEY);
        startWith(BOOTSTRAP_KEY);
        assertThat(statusWith(BOOTSTRAP_KEY)).isEqualTo(200);
        assertThat(statusWith(OTHER_KEY)).isEqualTo(401);
    }

    @Test
    void is_none_where_none_is_configured() throws Exception {
        startWith(null);
        assertThat(statusWith(BOOTSTRAP_KEY)).isEqualTo(401);
    }

    /** What a start does, in a gateway that has forgotten what it knew before. */
    private void startWith(@Nullable String key) {
        BootstrapKey bootstrap =
                new BootstrapKey(keys, new AccessProperties(key, Duration.ofSeconds(10), 100), Clock.systemUTC());
        transaction.executeWithoutResult(_ -> bootstrap.run(new DefaultApplicationArguments()));
        directory.forget(new KeyChanged(Credential.BOOTSTRAP_ID));
    }

    private int statusWith(String key) throws Exception {
        return send(request(key, "/api/v1/api-keys")).statusCode();
    }
}
