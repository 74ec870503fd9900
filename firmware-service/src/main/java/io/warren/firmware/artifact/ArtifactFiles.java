package io.warren.firmware.artifact;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * The bytes of artifacts in the file system. A file is named by the artifact's id, never by anything a caller chose, and is there
 * either whole and safe on the disk or not at all.
 */
@Component
class ArtifactFiles {

    private static final ProblemKind TOO_LARGE =
            new ProblemKind("artifact-too-large", HttpStatus.CONTENT_TOO_LARGE, "Artifact too large");
    private static final ProblemKind INCOMPLETE =
            new ProblemKind("upload-incomplete", HttpStatus.BAD_REQUEST, "Upload incomplete");
    private static final ProblemKind STORAGE =
            new ProblemKind("storage-full", HttpStatus.INSUFFICIENT_STORAGE, "The file cannot be stored");
    private static final Logger log = LoggerFactory.getLogger(ArtifactFiles.class);
    private static final int CHUNK_BYTES = 256 * 1024;

    private final Path incoming;
    private final Path stored;
    private final long maxSize;

    ArtifactFiles(ArtifactProperties properties) {
        incoming = properties.directory().resolve("incoming");
        stored = properties.directory().resolve("artifacts");
        maxSize = properties.maxSize().toBytes();
        try {
            Files.createDirectories(incoming);
            Files.createDirectories(stored);
        } catch (IOException e) {
            throw new UncheckedIOException("The directory for artifacts cannot be used", e);
        }
    }

    /** What was received. */
    record Received(long size, String sha256) {}

    Path path(UUID id) {
        return stored.resolve(id.toString());
    }

    /** A file that is bound to fail would use up the room of others until it does. */
    void requireRoomFor(long size) {
        if (size > maxSize) {
            throw tooLarge();
        }
        // 0 when it is not known as well
        long room = incoming.toFile().getUsableSpace();
        if (room > 0 && size > room) {
            throw new ProblemException(STORAGE, "The storage for artifacts has no room for " + size + " bytes.");
        }
    }

    /**
     * Takes in a file, in constant memory.
     *
     * @throws ProblemException if it is too large, breaks off or cannot be written; nothing is left of it then
     */
    Received receive(UUID id, InputStream body) {
        Path part = incoming.resolve(id.toString());
        try {
            Received received = write(part, body);
            Files.move(part, path(id), StandardCopyOption.ATOMIC_MOVE);
            force(stored);
            return received;
        } catch (IOException e) {
            log.error("An artifact cannot be stored", e);
            deleteQuietly(path(id));
            throw new ProblemException(STORAGE, "The storage for artifacts is full or out of order.");
        } finally {
            deleteQuietly(part);
        }
    }

    void delete(UUID id) {
        deleteQuietly(path(id));
    }

    /** Removes uploads that nobody has written to since then: a killed service could not tidy up after itself. */
    void deleteAbandoned(Instant since) {
        for (UUID id : untouched(incoming, since)) {
            log.info("An upload that was never finished is removed: {}", id);
            deleteQuietly(incoming.resolve(id.toString()));
        }
    }

    /** The artifacts whose files have been complete since then. */
    List<UUID> storedBefore(Instant since) {
        return untouched(stored, since);
    }

    private Received write(Path part, InputStream body) throws IOException {
        MessageDigest digest = sha256();
        byte[] chunk = new byte[CHUNK_BYTES];
        long size = 0;
        try (FileChannel file = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int read = read(body, chunk); read >= 0; read = read(body, chunk)) {
                size += read;
                if (size > maxSize) {
                    throw tooLarge();
                }
                digest.update(chunk, 0, read);
                ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, read);
                while (buffer.hasRemaining()) {
                    file.write(buffer);
                }
            }
            file.force(true);
        }
        return new Received(size, HexFormat.of().formatHex(digest.digest()));
    }

    private ProblemException tooLarge() {
        return new ProblemException(TOO_LARGE, "An artifact has at most " + maxSize + " bytes.");
    }

    private static int read(InputStream body, byte[] chunk) {
        try {
            return body.read(chunk);
        } catch (IOException e) {
            throw new ProblemException(INCOMPLETE, "The upload broke off.");
        }
    }

    /** A rename is durable when its directory is. */
    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static List<UUID> untouched(Path directory, Instant since) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toFile().lastModified() < since.toEpochMilli())
                    .flatMap(file -> idOf(file).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty for what is not ours, such as the file that NFS keeps for one that is deleted while it is open. */
    private static Optional<UUID> idOf(Path file) {
        String name = file.getFileName().toString();
        try {
            return Optional.of(UUID.fromString(name)).filter(id -> id.toString().equals(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("A file stays behind: {}", file, e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
