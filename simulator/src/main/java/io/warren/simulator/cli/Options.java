package io.warren.simulator.cli;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code --name value} pairs of a command line. */
public final class Options {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m|h)");

    private final Map<String, String> values;

    private Options(Map<String, String> values) {
        this.values = values;
    }

    /** Reads a command line; {@link UsageException} for a name that is not known or a value that is missing. */
    public static Options parse(List<String> arguments, Set<String> known) {
        Map<String, String> values = new HashMap<>();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String name = rest.next();
            if (!known.contains(name)) {
                throw new UsageException("There is no option '%s'; there are %s"
                        .formatted(
                                name, String.join(", ", known.stream().sorted().toList())));
            }
            if (!rest.hasNext()) {
                throw new UsageException("The option %s needs a value".formatted(name));
            }
            values.put(name, rest.next());
        }
        return new Options(values);
    }

    /** The text given for an option. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** The whole number given for an option, from 1 to {@code most}. */
    public int count(String name, int otherwise, int most) {
        return text(name)
                .map(text -> {
                    int value = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
                    if (value < 1 || value > most) {
                        throw new UsageException("%s is a number from 1 to %d, not '%s'".formatted(name, most, text));
                    }
                    return value;
                })
                .orElse(otherwise);
    }

    /** The duration given for an option, as {@code 500ms}, {@code 30s}, {@code 5m} or {@code 2h}. */
    public Optional<Duration> duration(String name) {
        return text(name).map(text -> {
            Matcher matcher = DURATION.matcher(text);
            if (!matcher.matches()) {
                throw new UsageException(
                        "%s is a duration such as 500ms, 30s, 5m or 2h, not '%s'".formatted(name, text));
            }
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                default -> Duration.ofHours(amount);
            };
        });
    }
}
