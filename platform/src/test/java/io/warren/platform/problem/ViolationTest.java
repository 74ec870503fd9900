package io.warren.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class ViolationTest {

    record Fleet(Map<String, List<Integer>> speeds) {}

    @Test
    void thePlaceIsAJsonPointer() {
        assertThat(pointerInto("{\"speeds\": {\"pump\": [1, 2, \"fast\"]}}")).isEqualTo("/speeds/pump/2");
    }

    @Test
    void slashesAndTildesInNamesAreEscapedByRfc6901() {
        assertThat(pointerInto("{\"speeds\": {\"a/b~c\": [\"fast\"]}}")).isEqualTo("/speeds/a~1b~0c/0");
    }

    private static String pointerInto(String body) {
        JacksonException refusal = catchThrowableOfType(
                JacksonException.class, () -> JsonMapper.shared().readValue(body, Fleet.class));
        return Violation.at(refusal, "not a number").pointer();
    }
}
