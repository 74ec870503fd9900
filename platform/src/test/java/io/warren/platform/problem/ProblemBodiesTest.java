package io.warren.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

class ProblemBodiesTest {

    @ParameterizedTest
    @CsvSource({
        "/api/v1/devices/a%20b, /api/v1/devices/a%20b",
        "/api/[x, /api/%5Bx",
        "/api/%zz, /api/%25zz",
        "//[, //%5B"
    })
    void an_address_that_is_no_uri_can_be_told_about_as_well(String path, String instance) {
        ProblemDetail body = ProblemDetail.forStatus(HttpStatus.BAD_REQUEST);
        ProblemBodies.complete(body, HttpStatus.BAD_REQUEST, path, null);
        assertThat(body.getInstance()).hasToString(instance);
    }
}
