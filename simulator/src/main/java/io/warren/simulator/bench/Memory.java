package io.warren.simulator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a process occupies.
 *
 * @param process its name
 * @param residentMiB the resident set of the process itself
 * @param withChildrenMiB its proportional set with that of its children, in which shared pages count once; PostgreSQL has many
 */
public record Memory(String process, long residentMiB, long withChildrenMiB) {

    private static final long KIB_PER_MIB = 1024;

    /** Of every process that runs. */
    public static List<Memory> of(List<Script.Running> processes) {
        return processes.stream()
                .filter(process -> process.pid() != null)
                .map(process -> of(process.name(), Objects.requireNonNull(process.pid())))
                .toList();
    }

    private static Memory of(String name, long pid) {
        long together = Stream.concat(
                        Stream.of(pid),
                        ProcessHandle.of(pid).stream()
                                .flatMap(ProcessHandle::descendants)
                                .map(ProcessHandle::pid))
                .mapToLong(each -> kib(each, "smaps_rollup", "Pss"))
                .sum();
        return new Memory(name, kib(pid, "status", "VmRSS") / KIB_PER_MIB, together / KIB_PER_MIB);
    }

    /** A figure out of {@code /proc}; 0 when the process is gone or may not be looked at. */
    private static long kib(long pid, String file, String field) {
        try {
            Matcher line = Pattern.compile("(?m)^" + field + ":\\s+(\\d+) kB$")
                    .matcher(Files.readString(Path.of("/proc", Long.toString(pid), file)));
            return line.find() ? Long.parseLong(line.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
