package io.warren.platform.security;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Makes a service a resource server for the gateway's tokens, closed except for what its {@link AccessRules} open. */
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
            "org.springframework.boot.security.oauth2.server.resource.autoconfigure.servlet.OAuth2ResourceServerAutoConfiguration"
        })
@ConditionalOnBean(AccessRules.class)
@EnableConfigurationProperties(SecurityProperties.class)
public class SecurityAutoConfiguration {

    private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);
    private static final Duration KEYS_PATIENCE = Duration.ofSeconds(2);
    private static final Duration OUTAGE = Duration.ofHours(1);
    private static final int LARGEST_KEY_SET = 64 * 1024;

    @Bean
    @ConditionalOnMissingBean
    JwtDecoder internalTokenDecoder(SecurityProperties properties) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(keys(properties.jwksUri()))
                .jwsAlgorithm(SignatureAlgorithm.ES256)
                .build();
        JwtTimestampValidator lifetime = new JwtTimestampValidator(CLOCK_SKEW);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                lifetime,
                new JwtIssuerValidator(InternalToken.ISSUER),
                InternalToken::validateAudience,
                InternalToken::validateRole));
        return new RememberedTokens(decoder, lifetime);
    }

    /** The gateway's keys. Those that are known serve on while the gateway is away; an unknown one is asked for at once. */
    private static JWKSource<SecurityContext> keys(URI address) {
        int patience = (int) KEYS_PATIENCE.toMillis();
        try {
            return JWKSourceBuilder.create(
                            address.toURL(), new DefaultResourceRetriever(patience, patience, LARGEST_KEY_SET))
                    .refreshAheadCache(false)
                    .rateLimited(false)
                    .outageTolerant(OUTAGE.toMillis())
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("warren.security.jwks-uri is no address: " + address, e);
        }
    }

    /** What is open has no use for most filters, and some of it is asked for each time a device connects. */
    @Bean
    @Order(1)
    SecurityFilterChain openSecurity(HttpSecurity http, AccessRules.Rules rules) {
        return stateless(http)
                .securityMatcher(new OrRequestMatcher(rules.open()))
                .headers(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .servletApi(AbstractHttpConfigurer::disable)
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain guardedSecurity(
            HttpSecurity http, AccessRules.Rules rules, HandlerExceptionResolver handlerExceptionResolver) {
        return stateless(http)
                .authorizeHttpRequests(requests -> {
                    requests.requestMatchers("/error").permitAll();
                    rules.guarded()
                            .forEach(rule ->
                                    requests.requestMatchers(rule.requests()).hasAnyRole(including(rule.required())));
                    requests.anyRequest().denyAll();
                })
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.jwtAuthenticationConverter(converter()))
                        .authenticationEntryPoint((request, response, failure) ->
                                handlerExceptionResolver.resolveException(request, response, null, failure))
                        .withObjectPostProcessor(new ObjectPostProcessor<BearerTokenAuthenticationFilter>() {
                            @Override
                            public <F extends BearerTokenAuthenticationFilter> F postProcess(F filter) {
                                // the default lets the failure to get at the keys through, as an error 500
                                filter.setAuthenticationFailureHandler(
                                        (request, response, failure) -> handlerExceptionResolver.resolveException(
                                                request, response, null, withoutKeys(failure)));
                                return filter;
                            }
                        }))
                .exceptionHandling(handling -> handling.accessDeniedHandler((request, response, failure) ->
                        handlerExceptionResolver.resolveException(request, response, null, failure)))
                .build();
    }

    @Bean
    AccessRules.Rules statedRules(AccessRules rules) {
        AccessRules.Rules stated = new AccessRules.Rules()
                .allowWithoutToken(HttpMethod.GET, "/actuator/health/**", "/actuator/prometheus");
        rules.state(stated);
        return stated;
    }

    private static Exception withoutKeys(AuthenticationException failure) {
        return failure instanceof AuthenticationServiceException
                ? new ProblemException(
                        ProblemKind.UNAVAILABLE,
                        "The gateway's keys, which tell who is calling, are not to be had.",
                        KEYS_PATIENCE)
                : failure;
    }

    private static String[] including(Role required) {
        return Arrays.stream(Role.values())
                .filter(role -> role.includes(required))
                .map(Role::name)
                .toArray(String[]::new);
    }

    private static HttpSecurity stateless(HttpSecurity http) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
    }

    @Bean
    WebMvcConfigurer callerArguments() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerArgumentResolver());
            }
        };
    }

    private static JwtAuthenticationConverter converter() {
        JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
        converter.setJwtGrantedAuthoritiesConverter(jwt ->
                List.of(new SimpleGrantedAuthority(InternalToken.role(jwt).authority())));
        return converter;
    }
}
