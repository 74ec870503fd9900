package io.warren.testing.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** A certificate authority, made for one test run, and what it issues. */
public final class TestAuthority {

    private static final List<String> PASSWORD = List.of("-storepass", "changeit");

    /** For a program that lives for a second and is started three times for each certificate: half of its work. */
    private static final List<String> BRIEF = List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC");

    private final Path directory;

    private TestAuthority(Path directory) {
        this.directory = directory;
    }

    /** Makes one with the JDK's keytool. */
    public static TestAuthority generate() {
        try {
            TestAuthority authority = new TestAuthority(Files.createTempDirectory("test-authority"));
            authority.generateKey("authority", "CN=Authority", "bc:critical=ca:true");
            authority.keytool("-exportcert", "-rfc", "-alias", "authority", "-file", authority.file());
            return authority;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The PEM file of its own certificate. */
    public Path certificate() {
        return directory.resolve("ca.pem");
    }

    /**
     * Issues a certificate, in PEM.
     *
     * @param subject a distinguished name
     * @param options more for {@code keytool -gencert}: {@code -ext}, {@code -startdate}, {@code -validity}
     */
    public String issue(String subject, String... options) {
        String alias = UUID.randomUUID().toString();
        generateKey(alias, subject);
        Path request = directory.resolve(alias + ".csr");
        Path certificate = directory.resolve(alias + ".pem");
        keytool("-certreq", "-alias", alias, "-file", request.toString());
        List<String> arguments = new ArrayList<>(List.of(
                "-gencert",
                "-rfc",
                "-alias",
                "authority",
                "-infile",
                request.toString(),
                "-outfile",
                certificate.toString()));
        arguments.addAll(List.of(options));
        keytool(arguments.toArray(String[]::new));
        try {
            return Files.readString(certificate);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Issues a certificate with its key, for who is to show it; otherwise as the other. */
    public ClientIdentity identify(String subject, String... options) {
        try {
            byte[] pem = issue(subject, options).getBytes(StandardCharsets.US_ASCII);
            CertificateFactory certificates = CertificateFactory.getInstance("X.509");
            X509Certificate own = (X509Certificate) certificates.generateCertificate(new ByteArrayInputStream(pem));
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream store = Files.newInputStream(directory.resolve("store.p12"))) {
                keys.load(store, "changeit".toCharArray());
            }
            for (String alias : Collections.list(keys.aliases())) {
                if (keys.getCertificate(alias).getPublicKey().equals(own.getPublicKey())) {
                    return new ClientIdentity(
                            (PrivateKey) keys.getKey(alias, "changeit".toCharArray()),
                            List.of(own, (X509Certificate) keys.getCertificate("authority")));
                }
            }
            throw new IllegalStateException("The key of " + subject + " is not there");
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String file() {
        return certificate().toString();
    }

    private void generateKey(String alias, String subject, String... extensions) {
        List<String> arguments = new ArrayList<>(
                List.of("-genkeypair", "-alias", alias, "-dname", subject, "-keyalg", "EC", "-groupname", "secp256r1"));
        for (String extension : extensions) {
            arguments.addAll(List.of("-ext", extension));
        }
        keytool(arguments.toArray(String[]::new));
    }

    private void keytool(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-storetype",
                "PKCS12",
                "-keystore",
                directory.resolve("store.p12").toString()));
        command.addAll(1, List.of(arguments));
        command.addAll(1, BRIEF);
        command.addAll(PASSWORD);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(output);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
