package io.warren.provisioning.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RevocationListTest {

    /** What deploy/java/provisioning-service.options has room for beside everything else. */
    @Test
    void twentyThousandRevocationsFitIntoTwentyMegabytes() throws IOException, InterruptedException {
        Process made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx20m",
                        "-XX:+UseSerialGC",
                        "-XX:+UseCompactObjectHeaders",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LongList.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(made.waitFor()).as(said).isZero();
        assertThat(Integer.parseInt(said.strip())).isBetween(900_000, 1_100_000);
    }
}
