package io.warren.provisioning.issuing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.warren.platform.pace.ReturnTimes;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The authorities that there are. The newest one issues; all that have not ended sign what says which of their certificates are
 * revoked, so that there can be a new one while certificates of the old one are still good.
 */
@Component
public class Authorities {

    private static final Logger log = LoggerFactory.getLogger(Authorities.class);
    private static final int MOST = 32;
    private static final int BACK_A_SECOND = 250;

    /** Certificates end with their authority: nearer to its end they would be renewed again and again. */
    private static final Duration LAST = Duration.ofDays(1);

    private final IssuingProperties properties;
    private final TrustBundle trust;
    private final List<String> passphrases;
    private final Clock clock;
    private final ReturnTimes returnTimes =
            new ReturnTimes(BACK_A_SECOND, Duration.ofMinutes(1), Duration.ofMinutes(15));
    private final MultiGauge remaining;
    private Map<AuthorityFile, FileTime> seen = Map.of();
    private volatile List<Authority> known = List.of();
    private volatile Set<String> trusted = Set.of();

    Authorities(IssuingProperties properties, TrustBundle trust, MeterRegistry meters, Clock clock) {
        this.properties = properties;
        this.trust = trust;
        this.passphrases = properties
                .passphrases()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        this.clock = clock;
        remaining = MultiGauge.builder("warren.issuing.authority.remaining")
                .description("How long the certificate of an authority is good yet")
                .baseUnit("seconds")
                .register(meters);
        read();
    }

    /**
     * The one that issues now: of those that are good for another day and lead to a root that devices trust, the one that became good
     * last.
     *
     * @throws ProblemException of kind {@link ProblemKind#UNAVAILABLE} if there is none
     */
    public Authority issuing() {
        Instant now = clock.instant();
        return known.stream()
                .filter(authority -> authority.isGoodAt(now)
                        && authority.isGoodAt(now.plus(LAST))
                        && trusted.contains(authority.id()))
                .max(Comparator.comparing(Authority::startsAt))
                .orElseThrow(() -> new ProblemException(
                        ProblemKind.UNAVAILABLE, "There is no authority to issue certificates.", returnTimes.next()));
    }

    /** Those that have not ended, in no particular order. */
    public List<Authority> all() {
        Instant now = clock.instant();
        return known.stream()
                .filter(authority -> now.isBefore(authority.expiresAt()))
                .toList();
    }

    /** One that has not ended, by its id. */
    public Optional<Authority> find(String id) {
        return all().stream().filter(authority -> authority.id().equals(id)).findFirst();
    }

    /** Looks at the files anew; what is wrong with one spoils no other. */
    @Scheduled(fixedDelay = 60_000, initialDelay = 60_000)
    synchronized void read() {
        Map<AuthorityFile, FileTime> files = files();
        if (!files.equals(seen)) {
            seen = files;
            known = authorities(files);
            log.info("Authorities: {}", known);
            if (known.isEmpty()) {
                log.warn("No certificate can be issued: there is no authority in {}", properties.directory());
            }
        }
        Instant now = clock.instant();
        trusted = trusted(now);
        remaining.register(
                known.stream()
                        .map(authority -> MultiGauge.Row.of(
                                Tags.of("authority", authority.id()),
                                Duration.between(now, authority.expiresAt()).toSeconds()))
                        .toList(),
                true);
    }

    /** Those that lead to a root; of the others it is said when they are found. */
    private Set<String> trusted(Instant now) {
        List<X509CertificateHolder> roots = trust.roots();
        Set<String> found = new HashSet<>();
        for (Authority authority : known) {
            if (!authority.isGoodAt(now)) {
                continue;
            }
            if (RootPath.leads(authority, roots, now)) {
                found.add(authority.id());
            } else {
                log.error("{} issues nothing: what is behind it in its file leads to no root in the bundle", authority);
            }
        }
        return Set.copyOf(found);
    }

    private List<Authority> authorities(Map<AuthorityFile, FileTime> files) {
        List<Authority> found = new ArrayList<>();
        for (AuthorityFile file : files.keySet()) {
            try {
                Authority authority = file.read(passphrases);
                // of two certificates for one key, the later one
                found.removeIf(other ->
                        other.id().equals(authority.id()) && !other.expiresAt().isAfter(authority.expiresAt()));
                if (found.stream().noneMatch(other -> other.id().equals(authority.id()))) {
                    found.add(authority);
                }
            } catch (IOException | RuntimeException e) {
                log.error("The authority in {} cannot be used: {}", file.certificate(), e.getMessage());
            }
        }
        return List.copyOf(found);
    }

    /** The pairs that there are, with the time of their last change. */
    private Map<AuthorityFile, FileTime> files() {
        Map<AuthorityFile, FileTime> files = new HashMap<>();
        try (Stream<Path> entries = Files.list(properties.directory())) {
            List<Path> keys = entries.filter(path -> path.toString().endsWith(".key"))
                    .sorted()
                    .limit(MOST)
                    .toList();
            for (Path key : keys) {
                String name = key.getFileName().toString();
                Path certificate = key.resolveSibling(name.substring(0, name.length() - ".key".length()) + ".pem");
                if (Files.exists(certificate)) {
                    files.put(new AuthorityFile(certificate, key), latest(certificate, key));
                }
            }
        } catch (NoSuchFileException e) {
            // an installation without an authority of its own
        } catch (IOException e) {
            log.error("The directory of the authorities cannot be read", e);
        }
        return files;
    }

    private static FileTime latest(Path certificate, Path key) throws IOException {
        FileTime first = Files.getLastModifiedTime(certificate);
        FileTime second = Files.getLastModifiedTime(key);
        return first.compareTo(second) > 0 ? first : second;
    }
}
