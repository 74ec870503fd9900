package io.warren.firmware.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class ArtifactFilesTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void filesOfOthersDoNotHoldUpTheSweep() throws Exception {
        ArtifactFiles files = new ArtifactFiles(new ArtifactProperties(directory, DataSize.ofMegabytes(1)));
        UUID id = UUID.randomUUID();
        files.receive(id, new ByteArrayInputStream(new byte[10]));
        Path abandoned = Files.createFile(directory.resolve("incoming").resolve(id.toString()));
        Path foreign = Files.createFile(directory.resolve("incoming/.nfs000000000001"));
        Files.createFile(directory.resolve("artifacts/.nfs000000000002"));
        Files.createFile(directory.resolve("artifacts/1-1-1-1-1"));
        Instant later = Instant.now().plusSeconds(60);

        files.deleteAbandoned(later);

        assertThat(abandoned).doesNotExist();
        assertThat(foreign).exists();
        assertThat(files.storedBefore(later)).containsExactly(id);
    }
}
