package io.warren.testing.architecture;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** That classes which have something in common are not too many. */
final class FewInEachGroup extends ArchCondition<JavaClass> {

    private final int most;
    private final Function<JavaClass, String> inCommon;
    private Map<String, List<JavaClass>> groups = Map.of();

    /**
     * A condition.
     *
     * @param description what is expected; {@code %d} in it stands for {@code most}
     * @param most how many classes may have the same in common
     * @param inCommon what they have
     */
    FewInEachGroup(String description, int most, Function<JavaClass, String> inCommon) {
        super(description.formatted(most));
        this.most = most;
        this.inCommon = inCommon;
    }

    @Override
    public void init(Collection<JavaClass> all) {
        groups = all.stream().collect(groupingBy(inCommon));
    }

    @Override
    public void check(JavaClass item, ConditionEvents events) {
        // all of a group at once, at the end
    }

    @Override
    public void finish(ConditionEvents events) {
        groups.forEach((common, members) -> {
            if (members.size() > most) {
                events.add(SimpleConditionEvent.violated(
                        common,
                        "%s: %d classes, %s"
                                .formatted(
                                        common,
                                        members.size(),
                                        members.stream()
                                                .map(JavaClass::getName)
                                                .sorted()
                                                .collect(joining(", ")))));
            }
        });
    }
}
