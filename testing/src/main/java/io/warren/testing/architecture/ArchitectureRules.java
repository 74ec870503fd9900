package io.warren.testing.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;

/**
 * What the compiler cannot guard. A service's {@code ArchitectureTest} includes them with {@code ArchTests.in(…)}; they look at
 * the service's own packages only.
 */
public final class ArchitectureRules {

    private static final int MOST_COLLABORATORS = 5;
    private static final int MOST_CLASSES = 20;
    private static final Set<String> SERVICES = Set.of("gateway", "registry", "provisioning", "firmware", "telemetry");

    @ArchTest
    static final ArchRule features_do_not_depend_on_each_other_in_circles =
            slices().matching("io.warren.*.(*)..").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule packages_are_features_not_layers = noClasses()
            .should()
            .resideInAnyPackage(
                    "..controller..", "..dto..", "..impl..", "..util..", "..service..", "..repository..", "..entity..")
            .because("a change to a feature should stay in one package");

    @ArchTest
    static final ArchRule packages_are_small = classes()
            .that(DescribedPredicate.describe(
                    "are top-level",
                    type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info")))
            .should(new FewInEachGroup("be at most %d in a package", MOST_CLASSES, JavaClass::getPackageName))
            .because("a package that is about one thing can be read in one go; a larger one is about two");

    @ArchTest
    static final ArchRule names_say_what_a_class_does = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Manager|Helper|Utils?|Dto)")
            .because("such names say nothing");

    @ArchTest
    static final ArchRule services_know_each_other_by_contract_only = classes()
            .that()
            .resideInAPackage("io.warren..")
            .should(new ArchCondition<>("depend on no other service") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                    String own = service(item.getPackageName());
                    item.getDirectDependenciesFromSelf().forEach(dependency -> {
                        String other = service(dependency.getTargetClass().getPackageName());
                        if (SERVICES.contains(other) && !other.equals(own)) {
                            events.add(SimpleConditionEvent.violated(item, dependency.getDescription()));
                        }
                    });
                }
            });

    @ArchTest
    static final ArchRule entities_have_no_setters = methods()
            .that()
            .areDeclaredInClassesThat(annotatedWith("jakarta.persistence.Entity"))
            .should()
            .haveNameNotMatching("set[A-Z].*")
            .because("state changes through methods that say what happens and refuse what may not")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule entities_stay_in_their_package = classes()
            .that(annotatedWith("jakarta.persistence.Entity"))
            .should()
            .bePackagePrivate()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothing_is_injected_into_fields = noFields()
            .should()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
            .orShould()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
            .because("constructors show what a class needs, and properties are typed");

    @ArchTest
    static final ArchRule classes_have_few_collaborators = classes()
            .that(annotatedWith("org.springframework.stereotype.Component"))
            .or(annotatedWith("org.springframework.stereotype.Service"))
            .or(annotatedWith("org.springframework.web.bind.annotation.RestController"))
            .should(new ArchCondition<>("take at most " + MOST_COLLABORATORS + " collaborators") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                    for (JavaConstructor constructor : item.getConstructors()) {
                        if (constructor.getRawParameterTypes().size() > MOST_COLLABORATORS) {
                            events.add(SimpleConditionEvent.violated(
                                    item, constructor.getFullName() + " takes too many: it is two classes"));
                        }
                    }
                }
            })
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule beans_have_names_of_their_own = classes()
            .that(DescribedPredicate.describe(
                    "are found by Spring",
                    type -> type.isMetaAnnotatedWith("org.springframework.stereotype.Component")))
            .should(new FewInEachGroup("be alone with their name", 1, ArchitectureRules::nameInPackage))
            .because("Spring names beans so, and does not start with two of a name")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule time_comes_from_the_clock = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .because("a clock is injected, so that tests can set it");

    @ArchTest
    static final ArchRule fields_of_objects_are_not_public = fields().that()
            .areNotStatic()
            .should()
            .notHaveModifier(JavaModifier.PUBLIC)
            .allowEmptyShould(true);

    private ArchitectureRules() {}

    private static DescribedPredicate<JavaClass> annotatedWith(String annotation) {
        return DescribedPredicate.describe("annotated with " + annotation, type -> type.isAnnotatedWith(annotation));
    }

    /** {@code Outer$Inner} for what is nested. */
    private static String nameInPackage(JavaClass type) {
        return type.getName().substring(type.getPackageName().length() + 1);
    }

    private static String service(String packageName) {
        return Arrays.stream(packageName.split("\\.", -1)).skip(2).findFirst().orElse("");
    }
}
