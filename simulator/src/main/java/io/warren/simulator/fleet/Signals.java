package io.warren.simulator.fleet;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What the sensors of a pump in its shed measure: the air follows the sun, the machine runs in turns and shakes when it does, the
 * battery drains and is changed, and now and then somebody opens the door.
 */
final class Signals {

    private static final double SECONDS_PER_DAY = 86_400;
    private static final double WARMEST_HOUR = 15;
    private static final double BATTERY_PER_MEASUREMENT = 0.02;

    private final RandomGenerator random;
    private final double spikes;
    private final double mean;
    private final double swing;
    private double drift;
    private double battery;
    private boolean running;
    private boolean doorOpen;

    Signals(RandomGenerator random, double spikes) {
        this.random = random;
        this.spikes = spikes;
        this.mean = random.nextDouble(12, 22);
        this.swing = random.nextDouble(4, 9);
        this.battery = random.nextDouble(30, 100);
        this.running = random.nextBoolean();
    }

    Map<String, Object> measure(Instant now) {
        double secondOfDay = now.atOffset(ZoneOffset.UTC).toLocalTime().toSecondOfDay();
        double sun = Math.cos(2 * Math.PI * (secondOfDay / SECONDS_PER_DAY - WARMEST_HOUR / 24));
        drift = 0.95 * drift + random.nextGaussian(0, 0.15);
        double temperature = mean + swing * sun + drift + random.nextGaussian(0, 0.05);
        running ^= random.nextDouble() < 0.05;
        doorOpen ^= random.nextDouble() < (doorOpen ? 0.3 : 0.01);
        battery = battery < 5 ? 100 : battery - BATTERY_PER_MEASUREMENT;

        Map<String, Object> values = new LinkedHashMap<>();
        values.put("temperature", round(Faults.strikes(spikes, random) ? temperature + 60 : temperature));
        values.put("humidity", round(Math.clamp(60 - 3 * swing * sun + random.nextGaussian(0, 1), 5, 100)));
        values.put("vibration", round(Math.abs((running ? 4.2 : 0.1) + random.nextGaussian(0, running ? 0.4 : 0.05))));
        values.put("battery", round(battery));
        values.put("door", doorOpen ? "open" : "closed");
        return values;
    }

    private static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
