package io.warren.simulator.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The figures of a run as JSON. */
public final class Results {

    private Results() {}

    /** Writes them to a file, and shows them. */
    public static void write(Object report, Path file, PrintStream out, PrintStream progress) throws IOException {
        String json = JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(report);
        Files.writeString(file, json + "\n");
        out.println(json);
        progress.println("Written to " + file.toAbsolutePath());
    }
}
