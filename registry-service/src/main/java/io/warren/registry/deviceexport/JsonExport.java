package io.warren.registry.deviceexport;

import io.warren.platform.transfer.AnswerLines;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Devices as lines of JSON, as they are read over REST. */
final class JsonExport implements ExportWriter {

    private final List<ExportColumn> columns;
    private final AnswerLines lines;

    JsonExport(HttpServletResponse response, JsonMapper json, List<ExportColumn> columns) {
        this.columns = columns;
        this.lines = new AnswerLines(response, json);
    }

    @Override
    public void write(List<ExportedDevice> page) throws IOException {
        lines.write(page.stream().map(this::line).toList());
    }

    private Map<String, Object> line(ExportedDevice device) {
        Map<String, Object> line = new LinkedHashMap<>();
        for (ExportColumn column : columns) {
            Object value = device.value(column);
            if (value != null) {
                put(line, column, value);
            }
        }
        return line;
    }

    private static void put(Map<String, Object> line, ExportColumn column, Object value) {
        switch (column) {
            case ExportColumn.Member member -> line.put(member.label(), value);
            case ExportColumn.Tag tag -> in(line, ExportColumn.Member.TAGS).put(tag.key(), value);
            case ExportColumn.Identifier identifier ->
                in(line, ExportColumn.Member.IDENTIFIERS).put(identifier.key(), value);
        }
    }

    /** Single tags, in a member of their own; beside all of them they say nothing new. */
    @SuppressWarnings("unchecked") // of tags and identifiers, all are texts
    private static Map<String, Object> in(Map<String, Object> line, ExportColumn.Member member) {
        return (Map<String, Object>) line.computeIfAbsent(member.label(), _ -> new LinkedHashMap<>());
    }
}
