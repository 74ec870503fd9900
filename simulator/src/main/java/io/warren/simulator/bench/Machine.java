package io.warren.simulator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the figures were taken on.
 *
 * @param loadBefore the load average of the minute before: above a half or so, others were at work too
 */
public record Machine(
        String cpu, int cores, long memoryMiB, String system, String java, String broker, double loadBefore) {

    public static Machine describe(String broker) {
        return new Machine(
                find("/proc/cpuinfo", "model name\\s*: (.+)", "unknown"),
                Runtime.getRuntime().availableProcessors(),
                Long.parseLong(find("/proc/meminfo", "MemTotal:\\s+(\\d+) kB", "0")) / 1024,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                Runtime.version().toString(),
                broker,
                Double.parseDouble(find("/proc/loadavg", "^(\\S+)", "0")));
    }

    private static String find(String file, String pattern, String otherwise) {
        try {
            Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(Path.of(file)));
            return matcher.find() ? matcher.group(1) : otherwise;
        } catch (IOException e) {
            return otherwise;
        }
    }
}
