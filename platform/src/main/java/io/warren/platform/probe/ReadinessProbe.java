package io.warren.platform.probe;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/**
 * A program that asks one HTTP address and says by its exit status what the answer was: 0 for 200, 1 for any other and
 * for none within two seconds. Kubernetes asks by itself; a container engine runs a command inside the container, and
 * ours have neither a shell nor curl. It runs every few seconds, so it uses nothing but the small HTTP client of
 * {@code java.base}.
 */
public final class ReadinessProbe {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private ReadinessProbe() {}

    public static void main(String[] arguments) {
        System.exit(answersOk(URI.create(arguments[0])) ? 0 : 1);
    }

    static boolean answersOk(URI address) {
        try {
            var connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout((int) PATIENCE.toMillis());
            connection.setReadTimeout((int) PATIENCE.toMillis());
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException unreachable) {
            return false;
        }
    }
}
