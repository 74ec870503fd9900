package io.warren.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.platform.PlatformTestApplication;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

@Backed
@SpringBootTest(classes = PlatformTestApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ServiceSecurityTest {

    @Autowired
    TestTokens tokens;

    @LocalServerPort
    int port;

    @Test
    void theTokenSaysWhoIsCalling() {
        get("/whoami", tokens.bearer("acme", "operator"))
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .isEqualTo("acme operator");
    }

    @Test
    void withoutATokenThereIsNothing() {
        get("/whoami", null)
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectHeader()
                .valueEquals(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }

    @Test
    void whatIsOpenIsOpen() {
        get("/open", null).expectStatus().isOk();
    }

    @Test
    void whatNoRuleNamesIsDeniedToEverybody() {
        get("/unruled", tokens.bearer(null, "platform-admin")).expectStatus().isForbidden();
    }

    @Test
    void aViewerDoesNotCreate() {
        client(tokens.bearer("acme", "viewer"))
                .post()
                .uri("/things")
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"name\":\"a\",\"size\":1}")
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    @Test
    void aDeviceIsNoViewer() {
        get("/whoami", tokens.bearer("acme", "device")).expectStatus().isForbidden();
    }

    @Test
    void aRoleThatNobodyKnowsIsRefused() {
        get("/whoami", tokens.bearer("acme", "root")).expectStatus().isUnauthorized();
    }

    @Test
    void anExpiredTokenIsRefused() {
        Instant longAgo = Instant.now().minus(Duration.ofMinutes(1));
        get("/whoami", "Bearer " + tokens.token("acme", "admin", "warren", longAgo))
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void aTokenForSomebodyElseIsRefused() {
        Instant soon = Instant.now().plus(Duration.ofMinutes(1));
        get("/whoami", "Bearer " + tokens.token("acme", "admin", "another-platform", soon))
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void aTokenOfAnotherIssuersKeyIsRefused() {
        try (TestTokens forger = new TestTokens()) {
            get("/whoami", forger.bearer("acme", "admin")).expectStatus().isUnauthorized();
        }
    }

    @Test
    void aPlatformKeyThatNamesNoTenantIsTold() {
        get("/whoami", tokens.bearer(null, "platform-admin"))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:warren:problem:tenant-required");
    }

    @Test
    void rolesIncludeTheOnesBelowAndADeviceIncludesNone() {
        assertThat(Role.ADMIN.includes(Role.VIEWER)).isTrue();
        assertThat(Role.VIEWER.includes(Role.OPERATOR)).isFalse();
        assertThat(Role.PLATFORM_ADMIN.includes(Role.DEVICE)).isFalse();
        assertThat(Role.DEVICE.includes(Role.VIEWER)).isFalse();
        assertThat(Role.fromWireName("platform-admin")).contains(Role.PLATFORM_ADMIN);
    }

    private RestTestClient.ResponseSpec get(String path, @Nullable String authorization) {
        return client(authorization).get().uri(path).exchange();
    }

    private RestTestClient client(@Nullable String authorization) {
        RestTestClient.Builder<?> builder = RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port);
        if (authorization != null) {
            builder.defaultHeader(HttpHeaders.AUTHORIZATION, authorization);
        }
        return builder.build();
    }
}
