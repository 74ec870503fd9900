package io.warren.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.warren.contracts.device.TenantId;
import io.warren.gateway.RunningGateway;
import io.warren.platform.security.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class SigningKeyTest extends RunningGateway {

    private static final TokenProperties PROPERTIES =
            new TokenProperties(Duration.ofSeconds(5), Duration.ofMinutes(10));

    @Autowired
    private KeyPublication publication;

    @Test
    void every_replica_publishes_the_keys_of_all() throws Exception {
        SigningKey another = new SigningKey(publication, PROPERTIES, Clock.systemUTC());
        assertThat(publishedIds()).contains(another.current().getKeyID()).hasSizeGreaterThan(1);
    }

    @Test
    void a_key_is_replaced_in_time_and_stays_published_for_the_tokens_it_signed() throws Exception {
        AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
        SigningKey key = new SigningKey(publication, PROPERTIES, movable(later));
        String first = key.current().getKeyID();

        later.set(Duration.ofMinutes(9));
        key.rotate();
        assertThat(key.current().getKeyID()).isEqualTo(first);

        later.set(Duration.ofMinutes(10));
        key.rotate();
        assertThat(key.current().getKeyID()).isNotEqualTo(first);
        assertThat(publishedIds()).contains(first, key.current().getKeyID());
    }

    @Test
    void a_key_whose_time_has_passed_is_no_longer_published() throws Exception {
        SigningKey old =
                new SigningKey(publication, PROPERTIES, movable(new AtomicReference<>(Duration.ofMinutes(-31))));
        assertThat(publishedIds()).doesNotContain(old.current().getKeyID());
    }

    @Test
    void one_caller_is_given_the_same_token_for_a_moment_and_others_get_their_own() throws Exception {
        InternalTokens tokens = new InternalTokens(
                new SigningKey(publication, PROPERTIES, Clock.systemUTC()), PROPERTIES, Clock.systemUTC());
        String token = tokens.mint("key-1", new TenantId("acme"), Role.VIEWER);
        assertThat(tokens.mint("key-1", new TenantId("acme"), Role.VIEWER)).isEqualTo(token);
        assertThat(tokens.mint("key-1", new TenantId("other"), Role.VIEWER)).isNotEqualTo(token);
        assertThat(tokens.mint("key-1", new TenantId("acme"), Role.ADMIN)).isNotEqualTo(token);
        assertThat(tokens.mint("key-2", new TenantId("acme"), Role.VIEWER)).isNotEqualTo(token);
        var claims = SignedJWT.parse(token).getJWTClaimsSet();
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofSeconds(60));
    }

    private List<String> publishedIds() throws Exception {
        return JWKSet.parse(send(plainRequest("/internal/jwks.json")).body()).getKeys().stream()
                .map(JWK::getKeyID)
                .toList();
    }

    private static Clock movable(AtomicReference<Duration> offset) {
        Clock system = Clock.systemUTC();
        return new Clock() {
            @Override
            public Instant instant() {
                return system.instant().plus(offset.get());
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }
}
