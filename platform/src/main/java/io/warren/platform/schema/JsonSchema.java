package io.warren.platform.schema;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.PathType;
import io.warren.platform.problem.Violation;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * A JSON Schema, draft 2020-12, that somebody outside wrote. It refers to nothing but its own {@code $defs}, never to itself, and
 * its patterns run in linear time; {@code format} only annotates. Holding a value against it takes a bounded number of steps.
 */
public final class JsonSchema {

    /** How many places are named at the most, of a schema or of a value. */
    static final int MOST_VIOLATIONS = 20;

    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDialect(
            Dialects.getDraft202012(),
            builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                    .pathType(PathType.JSON_POINTER)
                    .locale(Locale.ENGLISH)
                    .formatAssertionsEnabled(false)
                    .regularExpressionFactory(LinearPattern::of)
                    .build()));

    private static final Schema META = REGISTRY.getSchema(SchemaLocation.of(DIALECT));

    private final Schema schema;

    private JsonSchema(Schema schema) {
        this.schema = schema;
    }

    /**
     * What keeps a document from being such a schema.
     *
     * @param document the document, as the caller sent it
     * @param pointer where it stands in the body, a JSON pointer
     * @return up to {@value #MOST_VIOLATIONS} places; empty if it can be {@linkplain #compile compiled}
     */
    public static List<Violation> violations(JsonNode document, String pointer) {
        List<Violation> bounds = SchemaRules.bounds(document, pointer);
        if (!bounds.isEmpty()) {
            return bounds;
        }
        List<Violation> form = new JsonSchema(META).check(document, pointer);
        return form.isEmpty() ? SchemaRules.violations(document, pointer) : form;
    }

    /** Compiles a document that has no {@linkplain #violations violations}. */
    public static JsonSchema compile(JsonNode document) {
        Schema schema = REGISTRY.getSchema(document);
        schema.initializeValidators();
        return new JsonSchema(schema);
    }

    /**
     * What keeps a value from being valid.
     *
     * @param pointer where it stands in the body, a JSON pointer
     * @return up to {@value #MOST_VIOLATIONS} places; empty if it is valid
     */
    public List<Violation> check(JsonNode value, String pointer) {
        List<Violation> digits = SchemaRules.digits(value, pointer);
        if (!digits.isEmpty()) {
            return digits;
        }
        BoundedEvaluation evaluation = new BoundedEvaluation();
        try {
            schema.validate(evaluation, value);
        } catch (BoundedEvaluation.TooMuch e) {
            return List.of(new Violation(pointer, "takes more steps to check than a check may take"));
        }
        return evaluation.getErrors().stream()
                .limit(MOST_VIOLATIONS)
                .map(error -> violation(error, pointer))
                .toList();
    }

    private static Violation violation(Error error, String pointer) {
        return new Violation(pointer + error.getInstanceLocation(), error.getMessage());
    }
}
