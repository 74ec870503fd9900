package io.warren.registry;

import io.warren.testing.backing.Backed;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** A test of the registry with a database of its own and without a broker; all of them share one application context. */
@Backed
@SpringBootTest(
        classes = RegistryApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            RegistryTest.SEALING_KEY,
            RegistryTest.WAKE_UP_SEALING_KEY,
            RegistryTest.URL_SIGNING_KEY,
            "warren.bulk.directory=target/imports"
        })
@Import({StatementCount.class, LockWaits.class})
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface RegistryTest {

    /** A secret that the service does not start without. */
    String SEALING_KEY = "warren.credential.token-sealing-key=dGhpcnR5LXR3byBvdGhlciBieXRlcywgZm9yIHRlc3Q=";

    /** Another one. */
    String WAKE_UP_SEALING_KEY = "warren.wake-up-channel.sealing-key=dGhpcnR5LXR3byBieXRlcywgYW5vdGhlciB0aGlydHk=";

    /** The last. */
    String URL_SIGNING_KEY = "warren.diagnostics.url-signing-key=dGhpcnR5LXR3byBieXRlcyBmb3IgdGhlIHRlc3RzIG9ubHk=";
}
