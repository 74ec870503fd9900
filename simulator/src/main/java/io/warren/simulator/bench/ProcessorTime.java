package io.warren.simulator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** How long processes, with their children, have had a processor, from their own counters. */
public final class ProcessorTime {

    private static final double TICKS_A_SECOND = 100;
    private static final int USER = 11;

    private ProcessorTime() {}

    /** In seconds, of every process that runs. */
    public static Map<String, Double> of(List<Script.Running> processes) {
        Map<String, Double> seconds = new TreeMap<>();
        processes.stream()
                .filter(process -> process.pid() != null)
                .forEach(process -> seconds.put(process.name(), of(Objects.requireNonNull(process.pid()))));
        return seconds;
    }

    private static double of(long pid) {
        return Stream.concat(
                                Stream.of(pid),
                                ProcessHandle.of(pid).stream()
                                        .flatMap(ProcessHandle::descendants)
                                        .map(ProcessHandle::pid))
                        .mapToLong(ProcessorTime::ticks)
                        .sum()
                / TICKS_A_SECOND;
    }

    /** In user mode and in the system's; 0 when the process is gone. */
    private static long ticks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // the second field is a name in brackets, which may have blanks in it
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(fields[USER]) + Long.parseLong(fields[USER + 1]);
        } catch (IOException e) {
            return 0;
        }
    }
}
