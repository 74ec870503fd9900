package io.warren.provisioning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Gives a service under test an authority to issue with, the same for all in one run. */
public final class TestIssuer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** The authorities that the service's own belongs to. */
    public static final TestAuthorities AUTHORITIES = new TestAuthorities();

    private static final Path DIRECTORY = directory();

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of(
                        "warren.issuing.directory=" + DIRECTORY,
                        "warren.issuing.passphrases=" + TestAuthorities.PASSPHRASE)
                .applyTo(context);
    }

    private static Path directory() {
        try {
            Path directory = Files.createTempDirectory("issuing");
            AUTHORITIES.issuer(directory, "test");
            return directory;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
