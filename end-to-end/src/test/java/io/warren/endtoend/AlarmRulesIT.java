package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the alarm rules ask for is there: of a name that nobody has, Prometheus never alarms. */
@EndToEnd
class AlarmRulesIT {

    private static final Path MONITORING = Script.HOME.resolve("deploy/monitoring");
    private static final Pattern EXPRESSION = Pattern.compile("(?s)\\n +expr: (.*?)\\n +(?:for|labels):");

    private final Platform platform;

    AlarmRulesIT(Platform platform) {
        this.platform = platform;
    }

    @Test
    void eachMetricIsOfOneOfTheServices() throws IOException {
        Set<String> wanted = found("\\bwarren_[a-z_]+");
        assertThat(wanted).isNotEmpty();

        await().untilAsserted(() -> assertThat(metrics()).containsAll(wanted));
    }

    @Test
    void eachJobIsOneThatPrometheusScrapes() throws IOException {
        String configuration = Files.readString(MONITORING.resolve("prometheus.yml"));

        assertThat(found("(?<=job=\")[^\"]+"))
                .isNotEmpty()
                .allSatisfy(job -> assertThat(configuration).contains("job_name: " + job + "\n"));
    }

    /** What fits in the expressions of all rules. */
    private static Set<String> found(String pattern) throws IOException {
        try (Stream<Path> files = Files.list(MONITORING.resolve("rules"))) {
            return files.map(AlarmRulesIT::read)
                    .flatMap(rules -> EXPRESSION.matcher(rules).results())
                    .map(expression -> expression.group(1))
                    .flatMap(expression ->
                            Pattern.compile(pattern).matcher(expression).results())
                    .map(MatchResult::group)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private Set<String> metrics() {
        return platform.script().status().all().stream()
                .filter(process -> process.name().endsWith("-service"))
                .map(service -> "http://127.0.0.1:" + service.port() + "/actuator/prometheus")
                .map(address -> platform.anonymous().get(address).expect(200).bytes())
                .flatMap(page -> new String(page, StandardCharsets.UTF_8).lines())
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toSet());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
