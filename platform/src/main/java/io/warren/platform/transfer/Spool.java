package io.warren.platform.transfer;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/**
 * A body that is kept on disk while it is worked on. Most clients read no answer before they have sent everything: if the answer
 * began earlier, both sides would wait for each other as soon as it is larger than the buffers in between.
 */
final class Spool implements AutoCloseable {

    private static final ProblemKind INCOMPLETE =
            new ProblemKind("upload-incomplete", HttpStatus.BAD_REQUEST, "Upload incomplete");
    private static final ProblemKind STORAGE =
            new ProblemKind("storage-full", HttpStatus.INSUFFICIENT_STORAGE, "The file cannot be stored");
    private static final Logger log = LoggerFactory.getLogger(Spool.class);
    private static final int CHUNK_BYTES = 64 * 1024;

    private final FileChannel file;

    private Spool(FileChannel file) {
        this.file = file;
    }

    /**
     * Takes in a body, in constant memory.
     *
     * @throws ProblemException if it breaks off or cannot be written; nothing is left of it then
     */
    static Spool of(InputStream body, Path directory) {
        try {
            Files.createDirectories(directory);
            Path name = Files.createTempFile(directory, "import-", "");
            FileChannel file = FileChannel.open(name, StandardOpenOption.READ, StandardOpenOption.WRITE);
            // without a name it goes with the process, however that ends
            Files.delete(name);
            return fill(new Spool(file), body);
        } catch (IOException e) {
            log.error("An import cannot be stored", e);
            throw new ProblemException(STORAGE, "The storage for imports is full or out of order.");
        }
    }

    private static Spool fill(Spool spool, InputStream body) throws IOException {
        try {
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int read = read(body, chunk); read >= 0; read = read(body, chunk)) {
                ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, read);
                while (buffer.hasRemaining()) {
                    spool.file.write(buffer);
                }
            }
            spool.file.position(0);
            return spool;
        } catch (IOException | RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    private static int read(InputStream body, byte[] chunk) {
        try {
            return body.read(chunk);
        } catch (IOException e) {
            throw new ProblemException(INCOMPLETE, "The upload broke off.");
        }
    }

    /** The body, to be read once. */
    InputStream content() {
        return Channels.newInputStream(file);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
