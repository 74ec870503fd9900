package io.warren.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;

class RememberedTokensTest {

    private static final Instant ISSUED = Instant.parse("2026-11-20T09:00:00Z");

    private final AtomicInteger checked = new AtomicInteger();
    private final JwtTimestampValidator lifetime = new JwtTimestampValidator(Duration.ZERO);
    private final RememberedTokens tokens = new RememberedTokens(this::check, lifetime);

    @Test
    void aGoodTokenIsCheckedOnce() {
        at(ISSUED);
        Jwt first = tokens.decode("good");
        assertThat(tokens.decode("good")).isSameAs(first);
        assertThat(checked).hasValue(1);
    }

    @Test
    void anExpiredTokenIsNotGoodForHavingBeenSo() {
        at(ISSUED);
        tokens.decode("good");
        at(ISSUED.plus(InternalToken.LIFETIME).plusMillis(1));
        assertThatThrownBy(() -> tokens.decode("good")).isInstanceOf(BadJwtException.class);
    }

    @Test
    void aBadTokenIsCheckedEachTime() {
        at(ISSUED);
        assertThatThrownBy(() -> tokens.decode("forged")).isInstanceOf(BadJwtException.class);
        assertThatThrownBy(() -> tokens.decode("forged")).isInstanceOf(BadJwtException.class);
        assertThat(checked).hasValue(2);
    }

    private void at(Instant now) {
        lifetime.setClock(Clock.fixed(now, ZoneOffset.UTC));
    }

    private Jwt check(String token) {
        checked.incrementAndGet();
        Jwt jwt = Jwt.withTokenValue(token)
                .header("alg", "ES256")
                .issuedAt(ISSUED)
                .expiresAt(ISSUED.plus(InternalToken.LIFETIME))
                .build();
        if (!token.equals("good") || lifetime.validate(jwt).hasErrors()) {
            throw new BadJwtException("bad");
        }
        return jwt;
    }
}
