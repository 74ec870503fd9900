package io.warren.platform.security;

import java.util.Arrays;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;

/** Who may do what in a service. Each service declares one bean of this type; what it does not name is denied. */
@FunctionalInterface
public interface AccessRules {

    /** States the rules, the most special first. */
    void state(Rules rules);

    /** Collects a service's rules. */
    final class Rules {

        private final AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry registry;

        Rules(AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry registry) {
            this.registry = registry;
        }

        /** Opens paths to a role and to all that include it. */
        public Rules allow(HttpMethod method, Role required, String... paths) {
            String[] roles = Arrays.stream(Role.values())
                    .filter(role -> role.includes(required))
                    .map(Role::name)
                    .toArray(String[]::new);
            registry.requestMatchers(method, paths).hasAnyRole(roles);
            return this;
        }

        /** Opens paths to everybody inside the platform's network, without a token. */
        public Rules allowWithoutToken(HttpMethod method, String... paths) {
            registry.requestMatchers(method, paths).permitAll();
            return this;
        }
    }
}
