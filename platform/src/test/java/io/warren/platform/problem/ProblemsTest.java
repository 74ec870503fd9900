package io.warren.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.platform.PlatformTestApplication;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

@Backed
@SpringBootTest(classes = PlatformTestApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ProblemsTest {

    @Autowired
    TestTokens tokens;

    @LocalServerPort
    int port;

    RestTestClient client;

    @BeforeEach
    void connect() {
        client = RestTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .defaultHeader(HttpHeaders.AUTHORIZATION, tokens.bearer("acme", "integrator"))
                .build();
    }

    @Test
    void aProblemSaysWhatAndWhenToComeBack() {
        client.get()
                .uri("/away")
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals(HttpHeaders.RETRY_AFTER, "7")
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:warren:problem:unavailable")
                .jsonPath("$.detail")
                .isEqualTo("Gone fishing.")
                .jsonPath("$.instance")
                .isEqualTo("/away")
                .jsonPath("$.traceId")
                .isNotEmpty();
    }

    @Test
    void theTraceOfTheCallerIsKept() {
        client.get()
                .uri("/away")
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .exchange()
                .expectBody()
                .jsonPath("$.traceId")
                .isEqualTo("0af7651916cd43dd8448eb211c80319c");
    }

    @Test
    void anUnknownFailureTellsNothingOfTheInside() {
        String body = client.get()
                .uri("/broken")
                .exchange()
                .expectStatus()
                .isEqualTo(500)
                .returnResult(String.class)
                .getResponseBody();
        assertThat(body).contains("urn:warren:problem:internal-server-error").doesNotContain("hunter2", "Exception");
    }

    @Test
    void aBodyThatIsNotJsonIsMalformedWithItsPosition() {
        post("{\"name\": ")
                .expectStatus()
                .isEqualTo(400)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:warren:problem:malformed")
                .jsonPath("$.detail")
                .value(detail -> assertThat((String) detail).contains("line 1"));
    }

    @Test
    void aFieldOfTheWrongTypeIsNamed() {
        post("{\"name\": \"a\", \"size\": \"large\"}")
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("/size");
    }

    @Test
    void aFieldThatNobodyKnowsIsNamed() {
        post("{\"name\": \"a\", \"sice\": 1}")
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("/sice");
    }

    @Test
    void aFieldThatBreaksItsBoundIsNamed() {
        post("{\"name\": \"far too long\", \"size\": 1}")
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("/name");
    }

    @Test
    void anEntryThatBreaksItsBoundIsNamedByItsKey() {
        post("{\"name\": \"a\", \"labels\": {\"a/b\": \"far too long\"}}")
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("/labels/a~1b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "53300", "57P01"})
    void aDatabaseThatIsAwayIsAskedAgainLater(String state) {
        for (String way : List.of("/translated/", "/raw/")) {
            client.get()
                    .uri(way + state)
                    .exchange()
                    .expectStatus()
                    .isEqualTo(503)
                    .expectHeader()
                    .value(
                            HttpHeaders.RETRY_AFTER,
                            seconds -> assertThat(Integer.parseInt(seconds)).isBetween(5, 9))
                    .expectBody()
                    .jsonPath("$.type")
                    .isEqualTo("urn:warren:problem:unavailable");
        }
    }

    @Test
    void aValueThatTheDatabaseCannotKeepIsInvalid() {
        client.get()
                .uri("/translated/22021")
                .exchange()
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:warren:problem:invalid")
                .jsonPath("$.detail")
                .value(detail -> assertThat((String) detail).contains("U+0000"));
    }

    @Test
    void theWrongMethodIsAProblemAsWell() {
        client.delete().uri("/things").exchange().expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    private RestTestClient.ResponseSpec post(String body) {
        return client.post()
                .uri("/things")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }
}
