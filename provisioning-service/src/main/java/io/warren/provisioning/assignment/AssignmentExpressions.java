package io.warren.provisioning.assignment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.warren.platform.expression.Expression;
import io.warren.platform.expression.ExpressionLanguage;
import io.warren.platform.expression.Facts;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.vocabulary.ValueType;
import io.warren.platform.vocabulary.Vocabulary;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The expressions by which devices are assigned: over {@code registration}, the attested facts. */
@Component
class AssignmentExpressions {

    private static final int MOST_REMEMBERED = 1_000;

    private final ExpressionLanguage language = new ExpressionLanguage(Vocabulary.of(names()));
    private final Cache<String, Expression> remembered =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();
    private final Clock clock;

    AssignmentExpressions(Clock clock) {
        this.clock = clock;
    }

    /**
     * Makes sure that an expression can be used.
     *
     * @param pointer where it stands (RFC 6901)
     * @throws ProblemException of kind {@code invalid-expression}, with position and hint
     */
    void check(String expression, String pointer) {
        language.compile(expression, pointer);
    }

    /** Whether an expression is true of the attested facts. */
    boolean isTrue(String expression, ObjectNode facts) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.set("registration", facts);
        return remembered
                .get(expression, text -> language.compile(text, "/assignment/rules"))
                .test(new Facts(root, clock.instant()));
    }

    private static Map<String, ValueType> names() {
        Map<String, ValueType> names = new LinkedHashMap<>();
        names.put("registration.registrationId", ValueType.TEXT);
        names.put("registration.identifiers", ValueType.TEXT_MAP);
        names.put("registration.hardwareVersion", ValueType.TEXT);
        names.put("registration.firmwareVersion", ValueType.TEXT);
        names.put("registration.certificate", ValueType.JSON);
        names.put("registration.manifest", ValueType.JSON);
        names.put("registration.door.kind", ValueType.TEXT);
        names.put("registration.door.id", ValueType.TEXT);
        names.put("registration.address", ValueType.TEXT);
        return names;
    }
}
