package io.warren.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;

/** Keys and certificates in files, as {@code openssl} makes them. */
record KeyFiles(Path directory) {

    private static final String PASSWORD = "changeit";

    private static final String[] P_256 = {"ec", "-pkeyopt", "ec_paramgen_curve:P-256"};

    /** A key for EC P-256, {@code NAME.key}, and a request to certify it, {@code NAME.csr}. */
    void request(String name, String subject) throws IOException {
        request(name, subject, P_256);
    }

    /** The same with a key of another algorithm, as {@code -newkey} has it. */
    void request(String name, String subject, String... algorithm) throws IOException {
        openssl(
                List.of("req", "-new", "-newkey"),
                List.of(algorithm),
                List.of("-nodes", "-subj", subject, "-keyout", name + ".key", "-out", name + ".csr"));
    }

    /** An authority that nobody has certified but itself: {@code NAME.key} and {@code NAME.pem}. */
    void root(String name, String subject) throws IOException {
        openssl(
                List.of("req", "-x509", "-newkey"),
                List.of(P_256),
                List.of("-nodes", "-days", "30", "-subj", subject),
                List.of("-keyout", name + ".key", "-out", name + ".pem"));
    }

    /** Has an authority certify the request of a name: {@code NAME.pem}. */
    void certify(String name, String authority, String... extensions) throws IOException {
        write(name + ".ext", String.join("\n", extensions));
        openssl(
                List.of("x509", "-req", "-in", name + ".csr", "-days", "30"),
                List.of("-CA", authority + ".pem", "-CAkey", authority + ".key"),
                List.of("-extfile", name + ".ext", "-out", name + ".pem"));
    }

    String read(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }

    void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
    }

    /** What a client shows that has the key and the certificates of a name. */
    KeyManagerFactory keys(String name) throws IOException, GeneralSecurityException {
        openssl(
                "pkcs12",
                "-export",
                "-inkey",
                name + ".key",
                "-in",
                name + ".pem",
                "-passout",
                "pass:" + PASSWORD,
                "-out",
                name + ".p12");
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var content = Files.newInputStream(directory.resolve(name + ".p12"))) {
            store.load(content, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        return keys;
    }

    @SafeVarargs
    private void openssl(List<String>... arguments) throws IOException {
        List<String> all = new ArrayList<>();
        for (List<String> some : arguments) {
            all.addAll(some);
        }
        openssl(all.toArray(String[]::new));
    }

    /** Runs a command that has to succeed; what it says. */
    String openssl(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            assertThat(process.waitFor()).as(output).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return output;
    }
}
