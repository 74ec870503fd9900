package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.endtoend.Script.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The root's key is kept elsewhere, as docs/operations.md advises: nothing ends for that before what it has signed does. */
class RootKeyTest {

    @TempDir
    Path state;

    @TempDir
    Path elsewhere;

    @BeforeEach
    void takeTheKeyAway() throws Exception {
        assertThat(makeCertificates()).isEqualTo(new Outcome(0, ""));
        Files.move(state.resolve("tls/ca.key"), elsewhere.resolve("ca.key"));
        Files.copy(state.resolve("tls/ca.pem"), elsewhere.resolve("ca.pem"));
    }

    @Test
    void whileAllIsGoodNothingIsSaid() throws Exception {
        assertThat(makeCertificates()).isEqualTo(new Outcome(0, ""));
    }

    @ParameterizedTest
    @CsvSource({"tls, 6", "issuing, 179"})
    void whatIsDueIsSaidAndEverythingGoesOn(String which, int days) throws Exception {
        sign(which, days);
        Map<Path, String> before = files();

        Outcome outcome = makeCertificates();

        assertThat(outcome.output().strip())
                .hasLineCount(1)
                .contains("is due; it ends on ", "bring " + state.resolve("tls/ca.key") + " back");
        assertThat(outcome.exitCode()).isZero();
        assertThat(files()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls", "issuing"})
    void whatHasEndedIsTheEndUntilTheKeyIsBack(String which) throws Exception {
        sign(which, 0);
        Map<Path, String> before = files();

        Outcome refused = makeCertificates();

        assertThat(refused.output().strip())
                .hasLineCount(1)
                .contains("has to be made", "bring " + state.resolve("tls/ca.key") + " back");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(files()).isEqualTo(before);

        Files.copy(elsewhere.resolve("ca.key"), state.resolve("tls/ca.key"));
        assertThat(makeCertificates()).isEqualTo(new Outcome(0, ""));
        assertThat(files()).isNotEqualTo(before);
    }

    /** What {@code ./warren up} and the containers' {@code init} do for certificates. */
    private Outcome makeCertificates() throws IOException, InterruptedException {
        Path output = elsewhere.resolve("output");
        ProcessBuilder builder = new ProcessBuilder("bash", "-Eeuo", "pipefail", "-c", """
                        shopt -s inherit_errexit
                        source "$home/deploy/script/common.sh"
                        source "$home/deploy/script/instance.sh"
                        trap 'unexpected "$?" "$BASH_COMMAND" "${BASH_SOURCE[0]##*/}:$LINENO"' ERR
                        umask 077
                        mkdir -p "$state/run"
                        make_secrets
                        make_certificates
                        """)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "home", Script.HOME.toString(),
                        "state", state.toString(),
                        "instance", "root-key"));
        builder.environment().remove("WARREN_HOSTNAME");
        Process process = builder.start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Outcome(process.exitValue(), Files.readString(output));
    }

    /** Puts a certificate that is good for some days in the place of the one that is there. */
    private void sign(String which, int days) throws IOException {
        KeyFiles files = new KeyFiles(elsewhere);
        files.request("other", "/CN=other");
        files.openssl(
                "x509",
                "-req",
                "-in",
                "other.csr",
                "-CA",
                "ca.pem",
                "-CAkey",
                "ca.key",
                "-days",
                Integer.toString(days),
                "-out",
                only(which).toString());
    }

    private Path only(String which) {
        return files().keySet().stream()
                .filter(file -> file.startsWith(state.resolve(which)))
                .filter(file -> file.toString().endsWith(".pem") && !file.endsWith("ca.pem"))
                .findFirst()
                .orElseThrow();
    }

    /** All files of the instance, and what is in them. */
    private Map<Path, String> files() {
        Map<Path, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file, Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return contents;
    }
}
