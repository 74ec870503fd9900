package io.warren.provisioning;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/** The whole service on a free port, with a key, a certificate bundle and an issuing authority. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@AutoConfigureRestTestClient
@ContextConfiguration(initializers = TestIssuer.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "warren.provisioning.derivation-key=dGhpcnR5LXR3byBieXRlcyBmb3IgdGhlIHRlc3RzIG9ubHk=",
            "warren.provisioning.token-sealing-key=dGhpcnR5LXR3byBvdGhlciBieXRlcywgZm9yIHRlc3Q=",
            ProvisioningTest.ENROLLMENT_SEALING_KEY,
            "warren.provisioning.mqtt-host=mqtt.example.com",
            "warren.provisioning.refusal-delay=10ms",
            "warren.provisioning.registry-timeout=1s"
        })
public @interface ProvisioningTest {

    /** What the secrets of enrolments are sealed with. */
    String ENROLLMENT_SEALING_KEY =
            "warren.provisioning.enrollment-sealing-key=dGhpcnR5LXR3byBieXRlcyBmb3IgZW5yb2xtZW50cyE=";
}
