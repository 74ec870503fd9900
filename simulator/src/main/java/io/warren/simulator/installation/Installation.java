package io.warren.simulator.installation;

import io.warren.simulator.cli.Reason;
import io.warren.simulator.cli.UsageException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An installation of Warren, as {@code .warren/env} describes the local one.
 *
 * @param url where integrators reach the REST API
 * @param httpsUrl where devices reach it
 * @param tenant the tenant to work in
 * @param apiKey a key of that tenant with the role integrator or above, kept out of {@link #toString()}
 * @param trust the authorities that vouch for its certificates
 */
public record Installation(URI url, URI httpsUrl, String tenant, String apiKey, Trust trust) {

    /**
     * Reads {@code WARREN_URL}, {@code WARREN_HTTPS_URL}, {@code WARREN_TENANT}, {@code WARREN_TENANT_API_KEY} and, where the
     * certificates are not of a public authority, {@code WARREN_CA_FILE}. {@link UsageException} if one is missing.
     */
    public static Installation of(Map<String, String> environment) {
        return new Installation(
                URI.create(required(environment, "WARREN_URL")),
                URI.create(required(environment, "WARREN_HTTPS_URL")),
                required(environment, "WARREN_TENANT"),
                required(environment, "WARREN_TENANT_API_KEY"),
                trust(environment.get("WARREN_CA_FILE")));
    }

    /** A variable that a command cannot do without; {@link UsageException} if it is not set. */
    public static String required(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new UsageException(name + " is not set: start Warren with ./warren up, then read .warren/env");
        }
        return value;
    }

    private static Trust trust(@Nullable String caFile) {
        try {
            return caFile == null || caFile.isBlank()
                    ? Trust.ofTheSystem()
                    : Trust.inPem(Files.readString(Path.of(caFile)));
        } catch (IOException e) {
            throw new UsageException("WARREN_CA_FILE: " + Reason.of(e));
        }
    }

    @Override
    public String toString() {
        return tenant + " at " + url;
    }
}
