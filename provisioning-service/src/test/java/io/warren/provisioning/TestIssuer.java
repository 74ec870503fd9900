package io.warren.provisioning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;

/** Gives a service under test an authority to issue with, the same for all in one run, unless a test has its own. */
public final class TestIssuer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** The authorities that the service's own belongs to. */
    public static final TestAuthorities AUTHORITIES = new TestAuthorities();

    private static final Path DIRECTORY = directory();
    private static final String OF_A_TEST = "Dynamic Test Properties";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        MutablePropertySources sources = context.getEnvironment().getPropertySources();
        MapPropertySource issuer = new MapPropertySource(
                "issuer",
                Map.of(
                        "warren.issuing.directory",
                        DIRECTORY.toString(),
                        "warren.issuing.passphrases",
                        TestAuthorities.PASSPHRASE,
                        "warren.issuing.ca-file",
                        DIRECTORY.resolve("ca.pem").toString()));
        if (sources.contains(OF_A_TEST)) {
            sources.addAfter(OF_A_TEST, issuer);
        } else {
            sources.addFirst(issuer);
        }
    }

    private static Path directory() {
        try {
            Path directory = Files.createTempDirectory("issuing");
            AUTHORITIES.issuer(directory, "test");
            Files.writeString(directory.resolve("ca.pem"), AUTHORITIES.root());
            return directory;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
