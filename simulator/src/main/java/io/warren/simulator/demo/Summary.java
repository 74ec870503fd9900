package io.warren.simulator.demo;

import io.warren.simulator.fleet.Fleet;
import io.warren.simulator.fleet.Vitals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The live view of a demonstration. */
final class Summary {

    private static final int MOST_DEVICES = 12;

    private final Fleet fleet;
    private final Scenario scenario;
    private final Readback readback;

    Summary(Fleet fleet, Scenario scenario, Readback readback) {
        this.fleet = fleet;
        this.scenario = scenario;
        this.readback = readback;
    }

    /** All of it, a line each. */
    List<String> view(Duration elapsed) {
        List<Vitals> devices = fleet.devices();
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("  devices    %d of %d registered, %d online  %44s"
                .formatted(
                        fleet.count(Vitals::isRegistered),
                        devices.size(),
                        fleet.count(Vitals::isOnline),
                        time(elapsed)));
        lines.add("  messages   %s".formatted(messages()));
        lines.add("  command    %s".formatted(scenario.command()));
        lines.add("  update     %s".formatted(scenario.update()));
        lines.add("  faults     %d".formatted(fleet.sum(Vitals::faults)));
        lines.add("");
        lines.add("  %-24s %-7s %8s %12s  %-16s %s"
                .formatted("device", "", "measured", "acknowledged", "firmware", "last of note"));
        devices.stream().limit(MOST_DEVICES).map(Summary::row).forEach(lines::add);
        if (devices.size() > MOST_DEVICES) {
            lines.add("  … and %d more".formatted(devices.size() - MOST_DEVICES));
        }
        lines.add("");
        return lines.stream().map(Summary::fitting).toList();
    }

    /** The gist of it. */
    String line(Duration elapsed) {
        return "%s  %s; %s; command: %s; update: %s; %d faults"
                .formatted(
                        time(elapsed),
                        online(),
                        messages(),
                        scenario.command(),
                        scenario.update(),
                        fleet.sum(Vitals::faults));
    }

    /** How many are; as long as none is, why. */
    private String online() {
        long online = fleet.count(Vitals::isOnline);
        String why =
                online > 0 ? "" : " (%s)".formatted(fleet.devices().getFirst().activity());
        return "%d/%d online%s".formatted(online, fleet.devices().size(), why);
    }

    private String messages() {
        return "%,d measured, %,d acknowledged, %,d stored and readable"
                .formatted(fleet.sum(Vitals::measured), fleet.sum(Vitals::acknowledged), readback.stored());
    }

    private static String row(Vitals device) {
        return "  %-24s %-7s %,8d %,12d  %-16s %s"
                .formatted(
                        device.id(),
                        device.isOnline() ? "online" : "offline",
                        device.measured(),
                        device.acknowledged(),
                        device.firmware(),
                        device.activity());
    }

    private static String time(Duration elapsed) {
        return "%02d:%02d".formatted(elapsed.toMinutes(), elapsed.toSecondsPart());
    }

    /** A line that the terminal wrapped would spoil the next drawing. */
    private static String fitting(String line) {
        int width = 118;
        return line.length() <= width ? line : line.substring(0, width - 1) + "…";
    }
}
