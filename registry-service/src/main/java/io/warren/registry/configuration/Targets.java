package io.warren.registry.configuration;

import io.warren.platform.expression.Definitions;
import io.warren.platform.expression.Expression;
import io.warren.platform.expression.ExpressionLanguage;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.Violation;
import io.warren.platform.vocabulary.DeviceVocabulary;
import io.warren.platform.vocabulary.ValueType;
import io.warren.platform.vocabulary.Vocabulary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the targets of configurations: expressions over all that is known of a device but its desired state. What configurations
 * set would otherwise decide which of them apply, and two could take turns for ever.
 */
public final class Targets {

    /** Facts whose changes nobody tells of, or not of all: these devices are looked for every minute. */
    static final String SWEPT = "swept";

    private static final String DESIRED = "device.state.desired";
    private static final String CONNECTED = "device.connected";
    private static final String LAST_SEEN = "device.lastSeenAt";
    private static final String GROUPS = "device.groups";
    private static final String FIRMWARE = "device.firmware";

    private static final ExpressionLanguage LANGUAGE = new ExpressionLanguage(DeviceVocabulary.NAMES);
    private static final ExpressionLanguage WITHOUT_DESIRED = new ExpressionLanguage(withoutDesired());

    private Targets() {}

    /**
     * Reads a target.
     *
     * @param pointer where it was written, for problems
     * @throws ProblemException of kind {@code invalid-expression}, with position and hint
     */
    public static Expression compile(String source, String pointer) {
        Expression target = LANGUAGE.compile(source, pointer);
        if (!target.names().contains(DESIRED)) {
            return target;
        }
        try {
            return WITHOUT_DESIRED.compile(source, pointer);
        } catch (ProblemException e) {
            Violation place = e.violations().getFirst();
            throw new ProblemException(
                    e.kind(),
                    "A target cannot ask for what is desired: that depends on which configurations apply.",
                    List.of(new Violation(
                            place.pointer(),
                            "what is desired depends on which configurations apply, so they would go round in circles",
                            place.position(),
                            "ask for device.state.reported, or for a tag")));
        }
    }

    /**
     * The kinds of facts that a target's answer depends on; the description is among them always, since new devices have one.
     *
     * @param groups those that the target may ask for
     */
    static Set<String> reads(Expression target, Definitions groups) {
        Set<String> kinds = new TreeSet<>(Set.of("description"));
        for (String name : groups.names(target)) {
            if (name.equals(CONNECTED)) {
                kinds.add("presence");
            } else if (name.equals(LAST_SEEN)) {
                // with a connection it is told, otherwise not: far too often
                kinds.addAll(Set.of("presence", SWEPT));
            } else if (name.equals(FIRMWARE)) {
                kinds.add("firmware");
            } else if (name.equals(GROUPS)) {
                kinds.addAll(Set.of("groups", SWEPT));
            } else if (name.startsWith("device.state.")) {
                kinds.add("reported");
            }
        }
        if (groups.dependOnTime(target)) {
            kinds.add(SWEPT);
        }
        return kinds;
    }

    /** Whether a group that a target asks for depends on what is desired, which the target itself cannot. */
    static boolean goesInCircles(Expression target, Definitions groups) {
        return groups.names(target).contains(DESIRED);
    }

    private static Vocabulary withoutDesired() {
        Map<String, ValueType> names = new LinkedHashMap<>();
        for (String name : DeviceVocabulary.NAMES.names()) {
            if (!name.equals(DESIRED)) {
                names.put(name, Objects.requireNonNull(DeviceVocabulary.NAMES.type(name)));
            }
        }
        return Vocabulary.of(names);
    }
}
