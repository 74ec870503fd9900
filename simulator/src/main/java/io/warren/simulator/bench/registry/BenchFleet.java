package io.warren.simulator.bench.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Devices that follow from their numbers, so that none needs to be remembered. A tenth of them stand at one site, most of the others
 * at a few thousand sites that have ever fewer, and of every 50,000 twenty at a site of their own.
 *
 * @param tenant whose they are
 */
record BenchFleet(String tenant) {

    /** The site of every tenth device. */
    static final String COMMON_SITE = "hub";

    private static final int RARE_EVERY = 50_000;
    private static final int AT_A_RARE_SITE = 20;
    private static final int SITES = 5_000;

    /** The device of a number. */
    String id(int number) {
        return "pump-%08d".formatted(number);
    }

    /** The site of a number's device if that is one of the rare ones. */
    static String rareSite(int number) {
        return "rare-" + number / RARE_EVERY;
    }

    private static String site(int number, SplittableRandom random) {
        if (number % RARE_EVERY < AT_A_RARE_SITE) {
            return rareSite(number);
        }
        if (random.nextInt(10) == 0) {
            return COMMON_SITE;
        }
        double skewed = random.nextDouble();
        return "site-" + (int) (SITES * skewed * skewed * skewed);
    }

    private static String ring(SplittableRandom random) {
        int chance = random.nextInt(100);
        return chance < 1 ? "canary" : chance < 10 ? "early" : "broad";
    }

    /** The tags of a number's device, as JSON. */
    String tags(int number) {
        SplittableRandom random = new SplittableRandom(number);
        return "{\"site\":\"%s\",\"model\":\"m%d\",\"ring\":\"%s\"}"
                .formatted(site(number, random), random.nextInt(12), ring(random));
    }

    /** The identifiers of a number's device, as JSON. */
    String identifiers(int number) {
        return "{\"serial\":\"S-%08d\",\"imei\":\"35%013d\"}".formatted(number, number);
    }

    /** What the device of a number signs in with. */
    String secret(int number) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(id(number)));
    }

    /** A row of an import. */
    String importRow(int number) {
        return "{\"id\":\"%s\",\"name\":\"Pump %d\",\"tags\":%s,\"identifiers\":%s}\n"
                .formatted(id(number), number, tags(number), identifiers(number));
    }

    /** A row of the registry's table of devices, as {@code COPY} takes it. */
    String deviceRow(int number) {
        return "%s\t%s\tgeneric\tPump %d\t%s\t%s\tt\t2026-01-01Z\t1\n"
                .formatted(tenant, id(number), number, tags(number), identifiers(number));
    }

    /** A row of its table of presence. */
    String presenceRow(int number) {
        return tenant + "\t" + id(number) + "\n";
    }

    /** A row of its table of credentials. */
    String credentialRow(int number) {
        return "%s\t%s\t%s\tsecret\t\\\\x%s\t2026-01-01Z\n"
                .formatted(
                        new UUID(0, number), tenant, id(number), HexFormat.of().formatHex(sha256(secret(number))));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
