package io.warren.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * The reference of all settings, {@code docs/configuration.md}. Its tables are made from the code; the text around them is not.
 */
public final class ConfigurationPage {

    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final String END = "<!-- end -->";

    private ConfigurationPage() {}

    /**
     * Compares the table of the module whose tests are running with its settings, or writes it.
     *
     * @param module the module's name, which stands in the mark above its table
     */
    public static void describesTheSettingsOf(String module) {
        String table = Settings.ofThisModule().stream()
                .map(Setting::row)
                .collect(Collectors.joining("\n", Setting.HEADER + "\n", "\n"));
        String page = read();
        String begin = "<!-- settings of " + module + " -->\n";
        assertThat(page).contains(begin);
        int from = page.indexOf(begin) + begin.length();
        ContractFile.page(PAGE).matches(page.substring(0, from) + table + page.substring(page.indexOf(END, from)));
    }

    private static String read() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
