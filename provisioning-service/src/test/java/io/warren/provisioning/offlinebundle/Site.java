package io.warren.provisioning.offlinebundle;

import io.warren.provisioning.ProvisioningApplication;
import io.warren.testing.backing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** Another installation, with a database and a sealing key of its own. */
final class Site implements AutoCloseable {

    private static final List<String> SHARED = List.of(
            "spring.rabbitmq.host",
            "spring.rabbitmq.port",
            "spring.rabbitmq.listener.simple.auto-startup",
            "warren.security.jwks-uri",
            "warren.issuing.directory",
            "warren.issuing.passphrases",
            "warren.provisioning.derivation-key",
            "warren.provisioning.token-sealing-key",
            "warren.provisioning.mqtt-host");

    private final TestDatabase database = new TestDatabase();
    private final ConfigurableApplicationContext context;

    Site(Environment centre, Path roots) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--warren.issuing.ca-file=" + roots,
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.username(),
                "--warren.provisioning.enrollment-sealing-key=dGhpcnR5LXR3byBieXRlcyBvZiBhIGZhciBzaXRlLi4="));
        for (String name : SHARED) {
            if (centre.getProperty(name) != null) {
                arguments.add("--" + name + "=" + centre.getProperty(name));
            }
        }
        context = new SpringApplicationBuilder(ProvisioningApplication.class).run(arguments.toArray(String[]::new));
    }

    /** Where it listens. */
    int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
        database.close();
    }
}
