package io.warren.provisioning.assignment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Chooses one of several names, each as often as its weight says. A name of weight 0 is never chosen, unless all are. */
final class Draw {

    private static final double LARGEST = 0x1p53;

    private Draw() {}

    /** Chooses by chance. */
    static String byChance(Map<String, Integer> weights, RandomGenerator random) {
        TreeMap<String, Integer> inOrder = new TreeMap<>(weights);
        long sum = inOrder.values().stream().mapToLong(Integer::longValue).sum();
        long drawn = sum == 0 ? 0 : random.nextLong(sum);
        for (Map.Entry<String, Integer> each : inOrder.entrySet()) {
            drawn -= each.getValue();
            if (drawn < 0) {
                return each.getKey();
            }
        }
        return inOrder.firstKey();
    }

    /**
     * Chooses by hash, so that the same key is always given the same name: weighted rendezvous hashing. When a name comes or goes, or
     * its weight changes, no key moves between two others.
     */
    static String byHash(Map<String, Integer> weights, String key) {
        String best = "";
        double highest = Double.NEGATIVE_INFINITY;
        for (Map.Entry<String, Integer> each : new TreeMap<>(weights).entrySet()) {
            double score = each.getValue() / -Math.log(fraction(each.getKey() + "\n" + key));
            if (score > highest) {
                highest = score;
                best = each.getKey();
            }
        }
        return best;
    }

    /** Between 0 and 1, both excluded. */
    private static double fraction(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ((ByteBuffer.wrap(hash).getLong() >>> 11) + 0.5) / LARGEST;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
