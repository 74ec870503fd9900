package io.warren.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file that says what a service promises and that the code can write: the golden JSON of an event, or its settings. Run with
 * {@code -Dcontracts.write=true} to write what the code says now; the change then shows in review.
 */
public final class ContractFile {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path path;

    private ContractFile(Path path) {
        this.path = path;
    }

    /**
     * The golden JSON of an event; consumers' tests find it on the class path as {@code /golden/<type>.json}.
     *
     * @param type the event's type, for example {@code device.registered.v1}
     */
    public static ContractFile event(String type) {
        return new ContractFile(Path.of("..", "contracts", "src", "main", "resources", "golden", type + ".json"));
    }

    /** A page of the documentation. */
    static ContractFile page(Path path) {
        return new ContractFile(path);
    }

    /** Compares the file with what a value looks like as JSON. */
    public void matchesJsonOf(Object value) {
        matches(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n");
    }

    /** Compares the file with a text, or writes it. */
    public void matches(String actual) {
        String text = actual.replace("\r\n", "\n");
        try {
            if (Boolean.getBoolean("contracts.write")) {
                Files.createDirectories(path.toAbsolutePath().getParent());
                Files.writeString(path, text);
            }
            assertThat(Files.exists(path) ? Files.readString(path) : "")
                    .as("%s; -Dcontracts.write=true writes it anew", path)
                    .isEqualTo(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
