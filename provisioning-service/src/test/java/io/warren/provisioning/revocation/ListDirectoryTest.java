package io.warren.provisioning.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.provisioning.TestAuthorities;
import io.warren.provisioning.revocation.ListDirectory.Issuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListDirectoryTest {

    private static final KeyPair KEY = TestAuthorities.key("secp256r1");
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final String HASH = "0a1b2c3d";
    private static final Issuer OLD = new Issuer(HASH, "ff01");
    private static final Issuer NEW = new Issuer(HASH, "0001");

    @TempDir
    Path directory;

    @Test
    void eachAuthorityOfANameKeepsItsNumber() throws IOException {
        ListDirectory lists = new ListDirectory(directory);
        RevocationList old = list(OLD, NOW);
        RevocationList next = list(NEW, NOW);

        assertThat(lists.write(OLD, old)).isTrue();
        assertThat(lists.write(OLD, old)).isFalse();
        assertThat(lists.write(NEW, next)).isTrue();

        assertThat(file(0)).hasBinaryContent(old.encoded());
        assertThat(file(1)).hasBinaryContent(next.encoded());
        assertThat(names()).containsExactly(HASH + ".r0", HASH + ".r1");
    }

    @Test
    void theyKeepThemWhenTheServiceIsStartedAgain() throws IOException {
        ListDirectory before = new ListDirectory(directory);
        before.write(OLD, list(OLD, NOW));
        before.write(NEW, list(NEW, NOW));

        ListDirectory after = new ListDirectory(directory);
        RevocationList next = list(NEW, NOW.plusSeconds(1));
        RevocationList old = list(OLD, NOW.plusSeconds(1));
        after.write(NEW, next);
        after.write(OLD, old);

        assertThat(file(0)).hasBinaryContent(old.encoded());
        assertThat(file(1)).hasBinaryContent(next.encoded());
    }

    @Test
    void theListOfOneThatIsGoneGoesWhenItIsOverAndLeavesNoGap() throws IOException {
        ListDirectory lists = new ListDirectory(directory);
        RevocationList next = list(NEW, NOW.plus(Duration.ofDays(6)));
        lists.write(OLD, list(OLD, NOW));
        lists.write(NEW, next);

        lists.removeEnded(List.of(NEW), NOW.plus(Duration.ofDays(6)));
        assertThat(names()).hasSize(2);
        lists.removeEnded(List.of(NEW), NOW.plus(Duration.ofDays(8)));

        assertThat(names()).containsExactly(HASH + ".r0");
        assertThat(file(0)).hasBinaryContent(next.encoded());
        assertThat(lists.write(NEW, next)).isTrue();
        assertThat(names()).containsExactly(HASH + ".r0");
    }

    @Test
    void aListThatWasFillingAGapAsThePowerWentIsThereOnceInTheEnd() throws IOException {
        ListDirectory before = new ListDirectory(directory);
        before.write(OLD, list(OLD, NOW));
        before.write(NEW, list(NEW, NOW));
        Files.copy(file(1), file(0), StandardCopyOption.REPLACE_EXISTING);

        ListDirectory after = new ListDirectory(directory);
        RevocationList next = list(NEW, NOW.plusSeconds(1));
        after.write(NEW, next);
        after.removeEnded(List.of(NEW), NOW.plusSeconds(1));

        assertThat(names()).containsExactly(HASH + ".r0");
        assertThat(file(0)).hasBinaryContent(next.encoded());
        assertThat(after.write(NEW, next)).isFalse();
    }

    @Test
    void soItIsIfOthersHaveComeBehindIt() throws IOException {
        Issuer latest = new Issuer(HASH, "0002");
        ListDirectory before = new ListDirectory(directory);
        before.write(OLD, list(OLD, NOW));
        before.write(NEW, list(NEW, NOW));
        before.write(latest, list(latest, NOW));
        Files.copy(file(1), file(0), StandardCopyOption.REPLACE_EXISTING);

        ListDirectory after = new ListDirectory(directory);
        after.write(NEW, list(NEW, NOW));
        RevocationList last = list(latest, NOW.plusSeconds(1));
        after.write(latest, last);
        after.removeEnded(List.of(NEW, latest), NOW.plusSeconds(1));

        assertThat(names()).containsExactly(HASH + ".r0", HASH + ".r1");
        assertThat(file(1)).hasBinaryContent(last.encoded());
        assertThat(after.foreign()).isEmpty();
    }

    @Test
    void whatIsMissingIsWrittenAgain() throws IOException {
        ListDirectory lists = new ListDirectory(directory);
        RevocationList list = list(OLD, NOW);
        lists.write(OLD, list);

        Files.delete(file(0));

        assertThat(lists.write(OLD, list)).isTrue();
        assertThat(file(0)).hasBinaryContent(list.encoded());
    }

    @Test
    void whatOthersHavePutThereIsTheirs() throws IOException {
        ListDirectory lists = new ListDirectory(directory);
        lists.write(OLD, list(OLD, NOW));
        Files.writeString(directory.resolve("89abcdef.r0"), "theirs");
        Files.writeString(directory.resolve("notes.txt"), "theirs");

        lists.removeEnded(List.of(), NOW.plus(Duration.ofDays(8)));

        assertThat(lists.foreign()).containsExactly(directory.resolve("89abcdef.r0"));
        assertThat(names()).containsExactly("89abcdef.r0", "notes.txt");
    }

    private Path file(int number) {
        return directory.resolve(HASH + ".r" + number);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static RevocationList list(Issuer issuer, Instant at) {
        Instant until = at.plus(Duration.ofDays(7));
        try {
            X509v2CRLBuilder list = new X509v2CRLBuilder(new X500Name("CN=Devices"), Date.from(at));
            list.setNextUpdate(Date.from(until));
            list.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new AuthorityKeyIdentifier(HexFormat.of().parseHex(issuer.key())));
            return new RevocationList(
                    list.build(new JcaContentSignerBuilder("SHA256withECDSA").build(KEY.getPrivate()))
                            .getEncoded(),
                    at,
                    until);
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
