package io.warren.platform;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.security.AccessRules;
import io.warren.platform.security.Caller;
import io.warren.platform.security.Role;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The smallest service that uses everything the platform gives. */
@SpringBootApplication
public class PlatformTestApplication {

    @Bean
    AccessRules accessRules() {
        return rules -> rules.allow(
                        HttpMethod.GET,
                        Role.VIEWER,
                        "/things",
                        "/away",
                        "/broken",
                        "/whoami",
                        "/translated/*",
                        "/raw/*")
                .allow(HttpMethod.POST, Role.INTEGRATOR, "/things")
                .allowWithoutToken(HttpMethod.GET, "/open");
    }

    @RestController
    static class Things {

        @GetMapping("/whoami")
        String whoAmI(Caller caller) {
            return caller.requireTenant() + " " + caller.role().wireName();
        }

        @GetMapping("/open")
        String open() {
            return "open";
        }

        @GetMapping("/away")
        String away() {
            throw new ProblemException(ProblemKind.UNAVAILABLE, "Gone fishing.", Duration.ofSeconds(7));
        }

        @GetMapping("/broken")
        String broken() {
            throw new IllegalStateException("the password is hunter2");
        }

        @GetMapping("/translated/{state}")
        String translated(@PathVariable String state) {
            throw Objects.requireNonNull(
                    new SQLStateSQLExceptionTranslator().translate("test", null, new SQLException("inside", state)));
        }

        @GetMapping("/raw/{state}")
        String raw(@PathVariable String state) {
            throw new IllegalStateException(new SQLException("inside", state));
        }

        @PostMapping("/things")
        Thing create(@Valid @RequestBody Thing thing) {
            return thing;
        }

        @GetMapping("/unruled")
        String unruled() {
            return "nobody gets here";
        }
    }

    record Thing(
            @Size(max = 5) String name,
            @Nullable Integer size,
            @Nullable Map<String, @Size(max = 5) String> labels) {}
}
