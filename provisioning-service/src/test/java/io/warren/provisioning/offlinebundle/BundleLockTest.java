package io.warren.provisioning.offlinebundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.warren.platform.problem.ProblemException;
import java.time.Duration;
import java.util.Base64;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleLockTest {

    private static final String PASSPHRASE = "correct horse battery staple";
    private static final byte[] CONTENTS = "{\"keys\":\"of all devices\"}".getBytes(UTF_8);
    private static final String LOCKED = BundleLock.close(CONTENTS, PASSPHRASE);

    @Test
    void whoeverHasThePassphraseReadsIt() {
        assertThat(BundleLock.open(LOCKED + "\n", PASSPHRASE)).isEqualTo(CONTENTS);
        assertThat(header(LOCKED)).contains("\"alg\":\"PBES2-HS512+A256KW\"", "\"enc\":\"A256GCM\"", "\"p2c\":600000");
    }

    @Test
    void twoBundlesOfTheSameHaveNothingInCommon() {
        String[] first = parts(LOCKED);
        String[] second = parts(BundleLock.close(CONTENTS, PASSPHRASE));

        assertThat(second[1]).isNotEqualTo(first[1]);
        assertThat(second[3]).isNotEqualTo(first[3]);
    }

    @Test
    void anotherPassphraseAndAnAlteredBundleAreToldInTheSameWords() {
        String wrong = refusal(LOCKED, "correct horse battery stapler").getMessage();

        assertThat(refusal(LOCKED, "correct horse battery stapler")
                        .kind()
                        .status()
                        .value())
                .isEqualTo(400);
        for (int part = 1; part < 5; part++) {
            assertThat(refusal(altered(LOCKED, part), PASSPHRASE).getMessage())
                    .as("part %s", part)
                    .isEqualTo(wrong);
        }
        // the header is what the ciphertext is bound to
        assertThat(refusal(withHeader(header -> header.replace("600000", "600001")), PASSPHRASE)
                        .getMessage())
                .isEqualTo(wrong);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"p2c\":2000000000",
                "\"p2c\":1000001",
                "\"p2c\":1",
                "\"p2c\":-1",
                "\"p2c\":600000,\"zip\":\"DEF\"",
                "\"p2c\":600000,\"crit\":[\"exp\"]"
            })
    void aHeaderThatAsksForMoreThanOneBundleTakesIsRefusedBeforeAnyWork(String member) {
        String locked = withHeader(header -> header.replace("\"p2c\":600000", member));

        long begun = System.nanoTime();
        assertThat(refusal(locked, PASSPHRASE).kind().name()).isEqualTo("not-a-bundle");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(200));
    }

    @Test
    void whatIsNoBundleIsRefused() {
        assertThat(refusal("", PASSPHRASE).kind().name()).isEqualTo("not-a-bundle");
        assertThat(refusal("a.b.c", PASSPHRASE).kind().name()).isEqualTo("not-a-bundle");
        assertThat(refusal(".".repeat(100_000), PASSPHRASE).kind().name()).isEqualTo("not-a-bundle");
        assertThat(refusal(withHeader(header -> header.replace("warren-bundle", "JWT")), PASSPHRASE)
                        .kind()
                        .name())
                .isEqualTo("not-a-bundle");
        assertThat(refusal(withHeader(header -> header.replace("PBES2-HS512+A256KW", "PBES2-HS256+A128KW")), PASSPHRASE)
                        .kind()
                        .name())
                .isEqualTo("not-a-bundle");
        assertThat(refusal(
                                withHeader(header -> header.replaceAll("\"p2s\":\"[^\"]*\"", "\"p2s\":\"AAAA\"")),
                                PASSPHRASE)
                        .kind()
                        .name())
                .isEqualTo("not-a-bundle");
    }

    @Test
    void whatIsTooLargeIsNotLookedAt() {
        assertThat(refusal("a".repeat(BundleLock.LONGEST + 1), PASSPHRASE)
                        .kind()
                        .status()
                        .value())
                .isEqualTo(413);
    }

    private static ProblemException refusal(String locked, String passphrase) {
        return assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> BundleLock.open(locked, passphrase))
                .actual();
    }

    private static String withHeader(UnaryOperator<String> change) {
        String changed = change.apply(header(LOCKED));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(changed.getBytes(UTF_8))
                + LOCKED.substring(LOCKED.indexOf('.'));
    }

    private static String header(String locked) {
        return new String(Base64.getUrlDecoder().decode(locked.substring(0, locked.indexOf('.'))), UTF_8);
    }

    private static String[] parts(String locked) {
        return locked.split("\\.", -1);
    }

    private static String altered(String locked, int part) {
        String[] parts = parts(locked);
        char first = parts[part].charAt(0);
        parts[part] = (first == 'A' ? 'B' : 'A') + parts[part].substring(1);
        return String.join(".", parts);
    }
}
