package io.warren.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class ViolationTest {

    record Part(@Size(max = 3) String name) {}

    record Pump(
            Map<@Size(max = 5) String, @Size(max = 3) String> tags,
            List<@Max(9) Integer> speeds,
            List<@Valid Part> parts,
            Map<String, @Valid Part> spares) {}

    record Fleet(Map<String, List<Integer>> speeds) {}

    @Test
    void thePlaceIsAJsonPointer() {
        assertThat(pointerInto("{\"speeds\": {\"pump\": [1, 2, \"fast\"]}}")).isEqualTo("/speeds/pump/2");
    }

    @Test
    void slashesAndTildesInNamesAreEscapedByRfc6901() {
        assertThat(pointerInto("{\"speeds\": {\"a/b~c\": [\"fast\"]}}")).isEqualTo("/speeds/a~1b~0c/0");
    }

    @Test
    void thePlaceOfABrokenConstraintIsAJsonPointerToo() {
        Pump pump = new Pump(
                Map.of("a/b", "long", "a~b.c", "ok!", "far too long", "x"),
                List.of(1, 10),
                List.of(new Part("ok"), new Part("long")),
                Map.of("a[0]", new Part("long")));
        try (ValidatorFactory validators = Validation.buildDefaultValidatorFactory()) {
            assertThat(validators.getValidator().validate(pump))
                    .extracting(violation -> Violation.at(violation).pointer())
                    .containsExactlyInAnyOrder(
                            "/tags/a~1b", "/tags/far too long", "/speeds/1", "/parts/1/name", "/spares/a[0]/name");
        }
    }

    private static String pointerInto(String body) {
        JacksonException refusal = catchThrowableOfType(
                JacksonException.class, () -> JsonMapper.shared().readValue(body, Fleet.class));
        return Violation.at(refusal, "not a number").pointer();
    }
}
