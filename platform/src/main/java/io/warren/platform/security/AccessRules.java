package io.warren.platform.security;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Who may do what in a service. Each service declares one bean of this type; what it does not name is denied. */
@FunctionalInterface
public interface AccessRules {

    /** States the rules, the most special first. */
    void state(Rules rules);

    /** Collects a service's rules. */
    final class Rules {

        private final List<RequestMatcher> open = new ArrayList<>();
        private final List<Guarded> guarded = new ArrayList<>();

        /** What is open to some. */
        record Guarded(RequestMatcher requests, Role required) {}

        Rules() {}

        /** Opens paths to a role and to all that include it. */
        public Rules allow(HttpMethod method, Role required, String... paths) {
            matchers(method, paths).forEach(requests -> guarded.add(new Guarded(requests, required)));
            return this;
        }

        /** Opens paths to everybody inside the platform's network, without a token and before any other rule. */
        public Rules allowWithoutToken(HttpMethod method, String... paths) {
            open.addAll(matchers(method, paths));
            return this;
        }

        List<RequestMatcher> open() {
            return open;
        }

        List<Guarded> guarded() {
            return guarded;
        }

        private static List<? extends RequestMatcher> matchers(HttpMethod method, String... paths) {
            return Arrays.stream(paths)
                    .map(path -> PathPatternRequestMatcher.withDefaults().matcher(method, path))
                    .toList();
        }
    }
}
