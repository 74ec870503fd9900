package io.warren.platform.security;

import io.warren.platform.PlatformTestApplication;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The gateway, which publishes the keys of its tokens, is away before a service has seen them. */
@Backed
@SpringBootTest(
        classes = PlatformTestApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "spring.application.name=keys-away")
@DirtiesContext
class KeysAwayTest {

    @Autowired
    TestTokens tokens;

    @LocalServerPort
    int port;

    @Test
    void theCallerIsToldToTryAgain() {
        String bearer = tokens.bearer("acme", "operator");
        tokens.close();
        RestTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .defaultHeader(HttpHeaders.AUTHORIZATION, bearer)
                .build()
                .get()
                .uri("/whoami")
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectHeader()
                .exists(HttpHeaders.RETRY_AFTER);
    }
}
