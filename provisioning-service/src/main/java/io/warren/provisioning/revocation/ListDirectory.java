package io.warren.provisioning.revocation;

import io.warren.provisioning.issuing.Authority;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.cert.X509CRLHolder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of revocation lists that the broker reads: each named by the hash of its issuer's name, as {@code openssl rehash} does,
 * and a number. Of several authorities with one name, as there are when one is made anew, each keeps its number as long as its list is
 * good, also when this service is started again. There are no gaps: a reader stops at the first number that is not there.
 */
final class ListDirectory {

    private static final Logger log = LoggerFactory.getLogger(ListDirectory.class);
    private static final Pattern LIST = Pattern.compile("[0-9a-f]{8}\\.r[0-9]+");

    private final Path directory;

    /** Of this service alone: replicas may write at the same time. */
    private final String draft =
            "." + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()) + ".new";

    private final Map<String, Entry> entries = new HashMap<>();
    private final Set<String> recalled = new HashSet<>();

    ListDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * Who a list is of.
     *
     * @param hash of its name
     * @param key the identifier of its key, hexadecimal
     */
    record Issuer(String hash, String key) {

        static Issuer of(Authority authority) {
            return new Issuer(NameHash.of(authority.subject()), ListDirectory.key(authority.keyIdentifier()));
        }
    }

    /**
     * The list of an authority.
     *
     * @param written what was written last by this service; null if that was nothing
     * @param until when it is over
     */
    private record Entry(String hash, int number, @Nullable RevocationList written, Instant until) {

        Entry with(RevocationList list) {
            return new Entry(hash, number, list, list.expiresAt());
        }

        Entry at(int other) {
            return new Entry(hash, other, null, until);
        }

        Entry ended() {
            return new Entry(hash, number, null, Instant.EPOCH);
        }
    }

    /** Writes a list, unless it is there; true if it was not. */
    boolean write(Issuer issuer, RevocationList list) throws IOException {
        if (recalled.add(issuer.hash())) {
            recall(issuer.hash());
        }
        Entry entry = entries.get(issuer.key());
        if (entry == null) {
            entry = new Entry(issuer.hash(), free(issuer.hash()), null, list.expiresAt());
        } else if (list.equals(entry.written()) && Files.exists(file(entry))) {
            return false;
        }
        replace(file(entry), list.encoded());
        entries.put(issuer.key(), entry.with(list));
        return true;
    }

    /** Removes the lists of authorities that are gone, when nobody would believe them any more; the last one fills the gap. */
    void removeEnded(List<Issuer> present, Instant now) throws IOException {
        Set<String> keys = present.stream().map(Issuer::key).collect(Collectors.toSet());
        List<String> ended = entries.entrySet().stream()
                .filter(each -> !keys.contains(each.getKey())
                        && now.isAfter(each.getValue().until()))
                .map(Map.Entry::getKey)
                .toList();
        for (String key : ended) {
            remove(key);
        }
    }

    /** The lists that this service has not written. */
    List<Path> foreign() throws IOException {
        Set<Path> own = entries.values().stream().map(this::file).collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(
                            file -> LIST.matcher(file.getFileName().toString()).matches() && !own.contains(file))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /**
     * Whose the files are that were written before this service was started. There are two of one authority if the power went while the
     * last one was filling a gap: the second one goes like one that is over, and leaves no gap either.
     */
    private void recall(String hash) {
        for (int number = 0; Files.exists(file(hash, number)); number++) {
            try {
                X509CRLHolder list = new X509CRLHolder(Files.readAllBytes(file(hash, number)));
                Entry found = new Entry(hash, number, null, list.getNextUpdate().toInstant());
                String key = key(AuthorityKeyIdentifier.fromExtensions(list.getExtensions()));
                if (entries.putIfAbsent(key, found) != null) {
                    entries.put(file(found).getFileName().toString(), found.ended());
                }
            } catch (IOException | RuntimeException e) {
                log.warn("{} is no revocation list, and is written over", file(hash, number));
            }
        }
    }

    private int free(String hash) {
        Set<Integer> taken = entries.values().stream()
                .filter(entry -> entry.hash().equals(hash))
                .map(Entry::number)
                .collect(Collectors.toSet());
        int number = 0;
        while (taken.contains(number)) {
            number++;
        }
        return number;
    }

    private void remove(String key) throws IOException {
        Entry gone = entries.get(key);
        if (gone == null) {
            return;
        }
        Map.Entry<String, Entry> last = Map.entry(key, gone);
        for (Map.Entry<String, Entry> other : entries.entrySet()) {
            if (other.getValue().hash().equals(gone.hash())
                    && other.getValue().number() > last.getValue().number()) {
                last = Map.entry(other.getKey(), other.getValue());
            }
        }
        Path lastFile = file(last.getValue());
        if (!last.getKey().equals(key)) {
            replace(file(gone), Files.readAllBytes(lastFile)); // in both places for a moment rather than in none
            entries.put(last.getKey(), last.getValue().at(gone.number()));
        }
        entries.remove(key);
        Files.deleteIfExists(lastFile);
    }

    /** At once, and on the disk before that: a reader of half a list, or of none after the power was gone, turns every device away. */
    private void replace(Path file, byte[] list) throws IOException {
        Path written = file.resolveSibling(file.getFileName() + draft);
        Files.createDirectories(directory);
        try {
            try (FileChannel channel = FileChannel.open(
                    written,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(list);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private Path file(Entry entry) {
        return file(entry.hash(), entry.number());
    }

    private Path file(String hash, int number) {
        return directory.resolve(hash + ".r" + number);
    }

    private static String key(AuthorityKeyIdentifier identifier) {
        return HexFormat.of().formatHex(identifier.getKeyIdentifierOctets());
    }
}
