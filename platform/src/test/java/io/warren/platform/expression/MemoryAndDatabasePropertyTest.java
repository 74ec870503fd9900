package io.warren.platform.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.platform.vocabulary.DeviceVocabulary;
import io.warren.platform.vocabulary.SqlNames;
import io.warren.testing.backing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whatever the expression and whatever the device, memory and database give the same answer, and neither an error. */
class MemoryAndDatabasePropertyTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final ExpressionLanguage LANGUAGE = new ExpressionLanguage(DeviceVocabulary.NAMES);
    private static final Instant NOW = Instant.parse("2026-11-20T09:22:00.123456Z");

    /** The devices of a try, each a row of columns as a service has them. */
    private static final String DEVICES = """
            (SELECT place, doc #>> '{device,id}' AS id, doc #>> '{device,type}' AS type, doc #>> '{device,name}' AS name,
                    doc #> '{device,tags}' AS tags, doc #> '{device,identifiers}' AS identifiers,
                    CAST(doc #>> '{device,enabled}' AS boolean) AS enabled,
                    CAST(doc #>> '{device,connected}' AS boolean) AS connected,
                    CAST(doc #>> '{device,lastSeenAt}' AS timestamptz) AS last_seen_at,
                    CAST(doc #>> '{device,createdAt}' AS timestamptz) AS created_at,
                    doc #> '{device,firmware}' AS firmware, doc #> '{device,state,reported}' AS reported,
                    doc #> '{device,state,desired}' AS desired,
                    ARRAY(SELECT jsonb_array_elements_text(doc #> '{device,groups}')) AS groups
             FROM jsonb_array_elements(CAST(? AS jsonb)) WITH ORDINALITY AS devices (doc, place)) AS d""";

    private static final SqlNames COLUMNS = SqlNames.of(
            DeviceVocabulary.NAMES,
            Map.ofEntries(
                    Map.entry("device.id", "d.id"),
                    Map.entry("device.type", "d.type"),
                    Map.entry("device.name", "d.name"),
                    Map.entry("device.tags", "d.tags"),
                    Map.entry("device.identifiers", "d.identifiers"),
                    Map.entry("device.enabled", "d.enabled"),
                    Map.entry("device.connected", "d.connected"),
                    Map.entry("device.lastSeenAt", "d.last_seen_at"),
                    Map.entry("device.createdAt", "d.created_at"),
                    Map.entry("device.firmware", "d.firmware"),
                    Map.entry("device.state.reported", "d.reported"),
                    Map.entry("device.state.desired", "d.desired"),
                    Map.entry("device.groups", "d.groups")));

    /** Texts that are easily mistaken for something else, or sorted or counted wrongly. */
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "A",
            "ab",
            "b",
            "é",
            "e\u0301",
            "ß",
            "\uFFFD",
            "😀",
            "😀a",
            "\uD83D\uDE01",
            "1",
            "1.0",
            "true",
            "null",
            "{}",
            "[1]",
            "\"a\"",
            "'; DROP TABLE device; --",
            "$1",
            "?",
            "??",
            "?|",
            ":a",
            "%",
            "_",
            "\\",
            "\\u0000",
            "/*",
            "--",
            "a\nb",
            "\t",
            "\u0001",
            "\u007f",
            "\u2028",
            "2026-11-20T09:22:00Z");

    /** Numbers as JSON and CEL both write them. */
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0.0",
            "1",
            "1.0",
            "1.00",
            "-1",
            "2",
            "100",
            "1e2",
            "0.1",
            "0.10000000000000001",
            "9007199254740993",
            "9007199254740992.0",
            "9223372036854775807",
            "-9223372036854775808",
            "1e20",
            "1.5e300",
            "5e-324");

    /** Numbers that devices may report, but that nobody can write into an expression. */
    private static final List<String> STRANGE_NUMBERS =
            List.of("1e400", "-1e400", "1e-400", "123456789012345678901234567890", "100000000000000000000", "0e10");

    private static final List<String> CONTAINERS = List.of(
            "{}",
            "[]",
            "[1, \"a\"]",
            "[1.0, \"a\"]",
            "[\"a\", 1]",
            "[[1], {\"a\": 1}]",
            "[null]",
            "{\"a\": 1}",
            "{\"a\": 1.0}",
            "{\"a\": {\"a\": \"a\"}}",
            "{\"a\": null}",
            "{\"a\": [\"a\", true]}",
            "{\"b c\": \"😀\", \"é😀\": true}");

    private static final List<String> KEYS =
            List.of("a", "b", "[\"b c\"]", "[\"é😀\"]", "[\"\"]", "[\"0\"]", "[\"a\\\"b\"]");

    @SuppressWarnings("NullAway.Init") // by open()
    private static TestDatabase database;

    @SuppressWarnings("NullAway.Init") // by open()
    private static Connection connection;

    @BeforeContainer
    static void open() throws SQLException {
        database = new TestDatabase();
        connection = DriverManager.getConnection(database.url(), database.username(), database.username());
    }

    @AfterContainer
    static void close() throws SQLException {
        connection.close();
        database.close();
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void memoryAndDatabaseAgree(@ForAll("conditions") String source, @ForAll("devices") List<ObjectNode> devices)
            throws SQLException {
        agree(LANGUAGE.compile(source, "filter"), Definitions.of("device.groups", Map.of(), "filter"), devices);
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void soTheyDoOnGroupsThatExpressionsDefine(
            @ForAll("questions") String source,
            @ForAll("groupless") String inner,
            @ForAll("groupless") String outer,
            @ForAll("devices") List<ObjectNode> devices)
            throws SQLException {
        Map<String, Expression> groups = Map.of(
                "b", LANGUAGE.compile(inner, "filter"),
                "ab", LANGUAGE.compile("'b' in device.groups ? !('A' in device.groups) : (" + outer + ")", "filter"),
                "a", LANGUAGE.compile("!('b' in device.groups) || 'ab' in device.groups", "filter"));
        agree(LANGUAGE.compile(source, "filter"), Definitions.of("device.groups", groups, "filter"), devices);
    }

    private static void agree(Expression expression, Definitions definitions, List<ObjectNode> devices)
            throws SQLException {
        List<Boolean> inMemory = devices.stream()
                .map(device -> expression.test(definitions.in(new Facts(device, NOW))))
                .toList();

        assertThat(inDatabase(expression, definitions, devices)).isEqualTo(inMemory);
    }

    private static List<Boolean> inDatabase(Expression expression, Definitions definitions, List<ObjectNode> devices)
            throws SQLException {
        Sql query = Sql.of("SELECT (")
                .then(expression.sql(COLUMNS, definitions, NOW))
                .then(") IS TRUE FROM ")
                .then(DEVICES, JSON.writeValueAsString(devices))
                .then(" ORDER BY place");
        try (PreparedStatement statement = connection.prepareStatement(query.text())) {
            int position = 1;
            for (Object parameter : query.parameters()) {
                statement.setObject(position++, parameter);
            }
            List<Boolean> answers = new ArrayList<>();
            for (ResultSet rows = statement.executeQuery(); rows.next(); ) {
                answers.add(rows.getBoolean(1));
            }
            return answers;
        }
    }

    @Provide
    Arbitrary<String> conditions() {
        return Arbitraries.recursive(this::comparisons, MemoryAndDatabasePropertyTest::combined, 0, 3);
    }

    @Provide
    Arbitrary<String> groupless() {
        return Arbitraries.oneOf(comparisons(), combined(comparisons()))
                .filter(source -> !source.contains("device.groups"));
    }

    /** Conditions in which groups have a say. */
    @Provide
    Arbitrary<String> questions() {
        return combined(Arbitraries.oneOf(
                comparisons(), Arbitraries.of("a", "ab", "b", "A").map(group -> "\"" + group + "\" in device.groups")));
    }

    private static Arbitrary<String> combined(Arbitrary<String> condition) {
        return Arbitraries.oneOf(
                condition,
                equalities(),
                condition.map(part -> "!(" + part + ")"),
                Combinators.combine(condition, Arbitraries.of(" && ", " || "), condition)
                        .as((left, operator, right) -> "(" + left + operator + right + ")"),
                Combinators.combine(condition, condition, condition)
                        .as((asked, then, otherwise) -> "((" + asked + ") ? " + then + " : " + otherwise + ")"));
    }

    /** Of one document, often of the same place. */
    private static Arbitrary<String> equalities() {
        return Combinators.combine(Arbitraries.of("a", "a.a", "b", "a.b"), Arbitraries.of("1", "'a'", "true"))
                .as((path, value) -> "device.state.reported." + path + " == " + value)
                .list()
                .ofMinSize(2)
                .ofMaxSize(3)
                .map(parts -> "(" + String.join(" && ", parts) + ")");
    }

    private Arbitrary<String> comparisons() {
        Arbitrary<String> equality = Arbitraries.of(" == ", " != ");
        Arbitrary<String> order = Arbitraries.of(" < ", " <= ", " > ", " >= ");
        Arbitrary<String> any = Arbitraries.oneOf(equality, order);
        Arbitrary<String> texts = Arbitraries.of(TEXTS).map(MemoryAndDatabasePropertyTest::written);
        Arbitrary<String> numbers = Arbitraries.of(NUMBERS);
        Arbitrary<String> integers = Arbitraries.of(NUMBERS).filter(number -> number.matches("-?[0-9]+"));
        Arbitrary<String> truths = Arbitraries.of("true", "false");
        Arbitrary<String> scalars = Arbitraries.oneOf(texts, numbers, truths);
        Arbitrary<String> ordered = Arbitraries.oneOf(texts, numbers);
        Arbitrary<String> document = documentNames();
        Arbitrary<String> text = Arbitraries.oneOf(
                Arbitraries.of("device.id", "device.type", "device.name"),
                Arbitraries.of(KEYS).map(key -> below("device.tags", key)),
                Arbitraries.of(KEYS).map(key -> below("device.identifiers", key)));
        Arbitrary<String> sized = Arbitraries.oneOf(document, text, Arbitraries.of("device.tags", "device.identifiers"))
                .map(name -> "size(" + name + ")");
        Arbitrary<String> time = Arbitraries.of(
                "device.lastSeenAt",
                "device.createdAt",
                "now",
                "now - duration('1h')",
                "device.lastSeenAt + duration('90m')",
                "timestamp('2026-11-20T09:22:00.123456Z')",
                "timestamp('2026-11-20T08:22:00.123456+00:00') + duration('0.5h') - duration('1us')");
        Arbitrary<String> distance = Arbitraries.of(
                "now - device.lastSeenAt", "device.lastSeenAt - device.createdAt", "device.createdAt - now");
        Arbitrary<String> duration =
                Arbitraries.of("0s", "1h", "-1h", "1us", "1h0.5s").map(span -> "duration('" + span + "')");
        return Arbitraries.oneOf(
                three(document, equality, Arbitraries.oneOf(scalars, Arbitraries.just("null"), document, text, sized)),
                three(document, order, Arbitraries.oneOf(ordered, document, text, sized)),
                three(scalars.filter(scalar -> !scalar.equals("true") && !scalar.equals("false")), any, document),
                three(text, equality, Arbitraries.oneOf(texts, Arbitraries.just("null"), text, document)),
                three(text, order, Arbitraries.oneOf(texts, text, document)),
                three(sized, any, Arbitraries.oneOf(integers, sized)),
                three(time, any, time),
                three(time, equality, Arbitraries.just("null")),
                three(distance, order, duration),
                three(duration, order, distance),
                three(
                        Arbitraries.of("device.connected", "device.enabled"),
                        equality,
                        Arbitraries.oneOf(Arbitraries.of("true", "false", "null", "device.enabled"), document)),
                three(truths, equality, Arbitraries.oneOf(truths, Arbitraries.just("device.connected"), document)),
                three(
                        Arbitraries.oneOf(truths, Arbitraries.of("device.connected", "device.enabled")),
                        Arbitraries.just(" in "),
                        truths.list().ofMaxSize(3).map(MemoryAndDatabasePropertyTest::listed)),
                document,
                Arbitraries.of("device.connected", "device.enabled", "true", "false", "has(device.connected)"),
                Arbitraries.oneOf(
                                Arbitraries.of("device.tags", "device.state.reported", "device.firmware"),
                                documentNames())
                        .map(name -> "has(" + name + ".a)"),
                Combinators.combine(
                                Arbitraries.oneOf(document, text),
                                Arbitraries.of("startsWith", "endsWith", "contains"),
                                Arbitraries.oneOf(texts, text, document))
                        .as((whole, function, part) -> whole + "." + function + "(" + part + ")"),
                three(scalars, Arbitraries.just(" in "), document),
                three(
                        texts,
                        Arbitraries.just(" in "),
                        Arbitraries.of("device.groups", "device.tags", "device.state.reported")),
                three(
                        document,
                        Arbitraries.just(" in "),
                        Arbitraries.oneOf(scalars, Arbitraries.just("null"))
                                .list()
                                .ofMaxSize(4)
                                .map(MemoryAndDatabasePropertyTest::listed)),
                three(
                        text,
                        Arbitraries.just(" in "),
                        Arbitraries.oneOf(texts, Arbitraries.just("null"))
                                .list()
                                .ofMaxSize(4)
                                .map(MemoryAndDatabasePropertyTest::listed)),
                three(
                        sized,
                        Arbitraries.just(" in "),
                        integers.list().ofMaxSize(3).map(MemoryAndDatabasePropertyTest::listed)));
    }

    private static Arbitrary<String> documentNames() {
        return Combinators.combine(
                        Arbitraries.of("device.state.reported", "device.state.desired", "device.firmware"),
                        Arbitraries.of(KEYS).list().ofMinSize(1).ofMaxSize(3))
                .as((root, keys) -> keys.stream().reduce(root, MemoryAndDatabasePropertyTest::below));
    }

    private static String below(String name, String key) {
        return key.startsWith("[") ? name + key : name + "." + key;
    }

    private static Arbitrary<String> three(Arbitrary<String> left, Arbitrary<String> sign, Arbitrary<String> right) {
        return Combinators.combine(left, sign, right).as((one, operator, other) -> one + operator + other);
    }

    private static String listed(List<String> elements) {
        return "[" + String.join(", ", elements) + "]";
    }

    /** A text as CEL writes it. */
    private static String written(String text) {
        return "\""
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                        .replace("\u0001", "\\u0001")
                + "\"";
    }

    @Provide
    Arbitrary<List<ObjectNode>> devices() {
        Arbitrary<String> texts = Arbitraries.of(TEXTS).map(JSON::writeValueAsString);
        Arbitrary<String> values = Arbitraries.oneOf(
                texts,
                Arbitraries.of(NUMBERS),
                Arbitraries.of(STRANGE_NUMBERS),
                Arbitraries.of(CONTAINERS),
                Arbitraries.of("true", "false"));
        Arbitrary<String> keys = Arbitraries.of("a", "b", "b c", "é😀", "", "0", "a\"b");
        Arbitrary<String> document = Arbitraries.recursive(
                () -> values,
                inner -> Arbitraries.oneOf(
                        inner, Arbitraries.maps(keys, inner).ofMaxSize(4).map(MemoryAndDatabasePropertyTest::object)),
                0,
                2);
        Arbitrary<@Nullable String> documents = Arbitraries.maps(keys, document)
                .ofMaxSize(5)
                .map(MemoryAndDatabasePropertyTest::object)
                .injectNull(0.1);
        Arbitrary<@Nullable String> labels = Arbitraries.maps(keys, texts)
                .ofMaxSize(5)
                .map(MemoryAndDatabasePropertyTest::object)
                .injectNull(0.1);
        Arbitrary<@Nullable String> times = Arbitraries.of(
                        "2026-11-20T08:22:00.123456Z",
                        "2026-11-20T09:22:00.123456Z",
                        "2026-11-20T09:22:00.123455Z",
                        "1999-01-01T00:00:00Z",
                        "9999-12-31T23:59:59Z")
                .map(time -> "\"" + time + "\"")
                .injectNull(0.3);
        Arbitrary<@Nullable String> truths = Arbitraries.of("true", "false").injectNull(0.2);
        return Combinators.combine(
                        texts,
                        texts.injectNull(0.3),
                        Combinators.combine(labels, labels).as(MemoryAndDatabasePropertyTest::pair),
                        Combinators.combine(truths, truths).as(MemoryAndDatabasePropertyTest::pair),
                        Combinators.combine(times, times).as(MemoryAndDatabasePropertyTest::pair),
                        documents,
                        Combinators.combine(documents, documents).as(MemoryAndDatabasePropertyTest::pair),
                        texts.list()
                                .ofMaxSize(3)
                                .map(groups -> "[" + String.join(",", groups) + "]")
                                .injectNull(0.1))
                .as((id, name, labelled, truth, time, firmware, state, groups) ->
                        device(id, name, labelled, truth, time, firmware, state, groups))
                .list()
                .ofSize(6);
    }

    private record Pair(@Nullable String first, @Nullable String second) {}

    private static Pair pair(@Nullable String first, @Nullable String second) {
        return new Pair(first, second);
    }

    private static ObjectNode device(
            String id,
            @Nullable String name,
            Pair labels,
            Pair truths,
            Pair times,
            @Nullable String firmware,
            Pair state,
            @Nullable String groups) {
        Map<String, @Nullable String> parts = new LinkedHashMap<>();
        parts.put("id", id);
        parts.put("type", "\"a\"");
        parts.put("name", name);
        parts.put("tags", labels.first());
        parts.put("identifiers", labels.second());
        parts.put("connected", truths.first());
        parts.put("enabled", truths.second());
        parts.put("lastSeenAt", times.first());
        parts.put("createdAt", times.second());
        parts.put("firmware", firmware);
        parts.put("groups", groups);
        Map<String, @Nullable String> documents = new LinkedHashMap<>();
        documents.put("reported", state.first());
        documents.put("desired", state.second());
        parts.put("state", object(documents));
        Map<String, @Nullable String> all = new LinkedHashMap<>();
        all.put("device", object(parts));
        JsonNode device = JSON.readTree(object(all));
        return (ObjectNode) device;
    }

    /** An object with the values that are not null. */
    private static String object(Map<String, ? extends @Nullable String> values) {
        return values.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .map(entry -> JSON.writeValueAsString(entry.getKey()) + ":" + entry.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
