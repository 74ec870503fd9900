package io.warren.testing.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What can be set in a module: the properties of its own records, as Spring's configuration processor has found them, and those
 * of Spring's that its YAML takes from the environment.
 */
final class Settings {

    private static final Path CLASSES = Path.of("target", "classes");
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    /** A value that is nothing but a variable, with or without a default. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z_]*)(?::(.*))?}");

    private final Map<String, JsonNode> described = new HashMap<>();
    private final Map<String, String> yaml = new TreeMap<>();

    private Settings() {
        try {
            for (URL url : Collections.list(Settings.class.getClassLoader().getResources(METADATA))) {
                try (InputStream metadata = url.openStream()) {
                    described.putAll(properties(JsonMapper.shared().readTree(metadata)));
                }
            }
            for (String file : List.of("warren-platform.yaml", "application.yaml")) {
                if (Files.exists(CLASSES.resolve(file))) {
                    readYaml(CLASSES.resolve(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The settings of the module whose tests are running, its own first, in the order of their names. */
    static List<Setting> ofThisModule() {
        Settings settings = new Settings();
        Map<String, JsonNode> own = properties(JsonMapper.shared().readTree(CLASSES.resolve(METADATA)));
        Stream<String> others = settings.yaml.entrySet().stream()
                .filter(entry -> !own.containsKey(entry.getKey()))
                .filter(entry -> VARIABLE.matcher(entry.getValue()).matches())
                .map(Map.Entry::getKey);
        return Stream.concat(own.keySet().stream(), others)
                .map(settings::setting)
                .toList();
    }

    private static Map<String, JsonNode> properties(JsonNode metadata) {
        Map<String, JsonNode> properties = new TreeMap<>();
        metadata.path("properties")
                .forEach(property -> properties.put(property.get("name").stringValue(), property));
        return properties;
    }

    /** Reads what is set, documents further down over those above. */
    private void readYaml(Path file) throws IOException {
        for (PropertySource<?> document :
                new YamlPropertySourceLoader().load(file.toString(), new FileSystemResource(file))) {
            for (String name : ((EnumerablePropertySource<?>) document).getPropertyNames()) {
                yaml.put(name, String.valueOf(document.getProperty(name)));
            }
        }
    }

    private Setting setting(String name) {
        JsonNode property = described.get(name);
        if (property == null || !property.has("description")) {
            throw new AssertionError(name + " needs a description: a @param of its record");
        }
        String value = yaml.getOrDefault(name, property.path("defaultValue").asString(""));
        Matcher variable = VARIABLE.matcher(value);
        boolean named = variable.matches();
        String fallback = named ? Objects.requireNonNullElse(variable.group(2), "") : value;
        return new Setting(
                name,
                named ? variable.group(1) : "",
                property.path("type").stringValue(),
                fallback,
                named && fallback.isEmpty()
                        ? Bounds.REQUIRED
                        : Bounds.of(property.path("sourceType").asString(""), name, !fallback.isEmpty()),
                property.get("description").stringValue());
    }
}
