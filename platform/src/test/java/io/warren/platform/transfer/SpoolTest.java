package io.warren.platform.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.warren.platform.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    @TempDir
    Path directory;

    @Test
    void aBodyIsReadAsItCameAndLeavesNothingBehind() throws IOException {
        byte[] body = new byte[200_000];
        body[199_999] = 7;
        try (Spool spool = Spool.of(new ByteArrayInputStream(body), directory)) {
            assertThat(spool.content().readAllBytes()).isEqualTo(body);
            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void aBodyThatBreaksOffIsNoBody() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the caller has left");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
            }
        };
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Spool.of(broken, directory))
                .satisfies(problem -> assertThat(problem.kind().name()).isEqualTo("upload-incomplete"));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aPlaceThatTakesNoFilesIsTold() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Spool.of(InputStream.nullInputStream(), file))
                .satisfies(
                        problem -> assertThat(problem.kind().status().value()).isEqualTo(507));
    }
}
