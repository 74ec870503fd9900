package io.warren.simulator.fleet;

import java.util.random.RandomGenerator;

/**
 * What goes wrong in a fleet, as probabilities.
 *
 * @param spike that a measurement has a wild value
 * @param dropout that the network goes after a measurement
 * @param cutDownload that a download breaks off half-way
 * @param failedUpdate that an image does not start
 */
public record Faults(double spike, double dropout, double cutDownload, double failedUpdate) {

    /** Often enough to be seen within a minute, and updates succeed. */
    public static final Faults OF_A_DEMO = new Faults(0.02, 0.01, 0.7, 0);

    /** Of a fleet in the field, somewhat hastened. */
    public static final Faults OF_THE_FIELD = new Faults(0.002, 0.002, 0.2, 0.05);

    static boolean strikes(double probability, RandomGenerator random) {
        return random.nextDouble() < probability;
    }
}
