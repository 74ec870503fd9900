package io.warren.gateway.access;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.security.Role;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** What is open to whom. Paths that no chain names do not exist. */
@Configuration(proxyBeanMethods = false)
class AccessSecurity {

    private static final ProblemKind NOT_FOUND =
            new ProblemKind("not-found", HttpStatus.NOT_FOUND, "There is nothing at this address");

    private final HandlerExceptionResolver problems;

    AccessSecurity(HandlerExceptionResolver handlerExceptionResolver) {
        this.problems = handlerExceptionResolver;
    }

    /** For the platform itself, which reaches the plain port; over TLS these paths do not exist. */
    @Bean
    @Order(1)
    SecurityFilterChain inside(HttpSecurity http) {
        return plain(http)
                .securityMatchers(requests -> requests.requestMatchers(AccessSecurity::isInternal))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    /**
     * For devices that have no identity yet, or hold an address signed for them: the service checks what they show it. What our
     * authority says of certificates is for everybody.
     */
    @Bean
    @Order(2)
    SecurityFilterChain openToDevices(HttpSecurity http) {
        return plain(http)
                .securityMatchers(
                        requests -> requests.requestMatchers("/bootstrap/v1/**", "/.well-known/est/**", "/pki/v1/**")
                                .requestMatchers(HttpMethod.GET, "/device/v1/artifacts/**")
                                .requestMatchers(HttpMethod.HEAD, "/device/v1/artifacts/**")
                                .requestMatchers(HttpMethod.PUT, "/device/v1/diagnostics/*"))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    /** For holders of a key. What a role may do with a service is the service's to say. */
    @Bean
    @Order(4)
    SecurityFilterChain keyHolders(HttpSecurity http, Authentications authentications) {
        return plain(http)
                .securityMatcher("/api/**")
                .addFilterBefore(new ApiKeyFilter(authentications, problems), AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests.requestMatchers("/api/v1/api-keys/**")
                        .hasAnyRole(Role.ADMIN.name(), Role.PLATFORM_ADMIN.name())
                        .anyRequest()
                        .authenticated())
                .exceptionHandling(handling -> handling.authenticationEntryPoint((request, response, failure) ->
                                problems.resolveException(request, response, null, failure))
                        .accessDeniedHandler((request, response, failure) ->
                                problems.resolveException(request, response, null, failure)))
                .build();
    }

    /**
     * Everything else. The container's error dispatch is let through, to be answered with a problem; when half
     * an answer is out, it is an include.
     */
    @Bean
    @Order(5)
    SecurityFilterChain elsewhere(HttpSecurity http) {
        return plain(http)
                .authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.INCLUDE)
                                .permitAll()
                                .anyRequest()
                                .denyAll())
                .exceptionHandling(handling ->
                        handling.authenticationEntryPoint((request, response, failure) -> problems.resolveException(
                                request,
                                response,
                                null,
                                new ProblemException(NOT_FOUND, "There is nothing at this address."))))
                .build();
    }

    /** Addresses that mean one thing here and another in a service: double slashes, dots, semicolons, encoded slashes. */
    @Bean
    RequestRejectedHandler ambiguousRequests() {
        return (request, response, rejection) -> problems.resolveException(
                request,
                response,
                null,
                new ProblemException(ProblemKind.MALFORMED, "The address or a header is not in its plain form."));
    }

    private static HttpSecurity plain(HttpSecurity http) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
    }

    private static boolean isInternal(HttpServletRequest request) {
        String path = request.getServletPath();
        return !request.isSecure() && (path.startsWith("/internal/") || path.startsWith("/actuator/"));
    }
}
