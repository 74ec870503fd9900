package io.warren.testing.contract;

import java.util.Locale;

/**
 * Something that can be set.
 *
 * @param name the property's name
 * @param variable the environment variable that the service's own YAML gives it; empty for the one that follows from the name
 * @param type the Java type
 * @param fallback what it is when nobody sets it; empty if it has to be set or may be absent
 * @param bounds what it may be
 * @param meaning what it is for, as Javadoc
 */
record Setting(String name, String variable, String type, String fallback, String bounds, String meaning) {

    static final String HEADER = """
            | property | environment variable | type | default | bounds | meaning |
            |---|---|---|---|---|---|""";

    String row() {
        return "| `%s` | %s | %s | %s | %s | %s |"
                .formatted(name, given(), typeName(), fallback.isEmpty() ? "" : code(fallback), bounds, text());
    }

    private String given() {
        if (!variable.isEmpty()) {
            return code(variable);
        }
        // a secret in the environment is in every list of processes
        return isSecret()
                ? "secret file"
                : code(name.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT));
    }

    private boolean isSecret() {
        return name.endsWith("-key") || name.endsWith("password");
    }

    private String typeName() {
        if (type.startsWith("java.util.List<")) {
            return "list";
        }
        if (type.contains("$")) {
            return "choice"; // of those that the properties' own enumeration has
        }
        String simple = type.substring(type.lastIndexOf('.') + 1);
        return switch (simple) {
            case "String" -> "text";
            case "Integer", "Long" -> "number";
            case "DataSize" -> "size";
            case "InetAddress" -> "IP address";
            case "URI" -> "URL";
            default -> simple.toLowerCase(Locale.ROOT);
        };
    }

    private String text() {
        String plain = meaning.replaceAll("\\{@code ([^}]*)}", "`$1`").replaceAll("\\s+", " ");
        return plain.replace("|", "\\|");
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
