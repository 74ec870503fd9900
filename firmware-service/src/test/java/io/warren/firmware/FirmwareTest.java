package io.warren.firmware;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** The whole service on a free port, with a key, a directory for artifacts and somebody to play the other sides. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@AutoConfigureRestTestClient
@Import(Integrator.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "warren.firmware.url-signing-key=dGhpcnR5LXR3byBieXRlcyBmb3IgdGhlIHRlc3RzIG9ubHk=",
            "warren.firmware.public-url=https://warren.example.com",
            "warren.firmware.artifacts.directory=target/artifacts",
            "warren.firmware.artifacts.max-size=4MB",
            "warren.firmware.directory.registry-url=http://127.0.0.1:1"
        })
public @interface FirmwareTest {}
