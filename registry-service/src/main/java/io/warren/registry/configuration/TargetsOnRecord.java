package io.warren.registry.configuration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.warren.platform.expression.Expression;
import io.warren.platform.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads targets that were accepted once. What is refused today may have been accepted then: it must stop no other. */
@Component
public class TargetsOnRecord {

    private static final Logger log = LoggerFactory.getLogger(TargetsOnRecord.class);

    /** Configurations whose targets cannot be read, so that not every look at a device is one at the log. */
    private final Cache<String, Long> told = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    /** The target of a configuration; empty, and logged, if it cannot be read any more. */
    public Optional<Expression> of(Configuration configuration) {
        try {
            return Optional.of(Targets.compile(configuration.target(), "/target"));
        } catch (ProblemException e) {
            if (told.asMap().putIfAbsent(configuration.tenant() + "/" + configuration.id(), configuration.version())
                    == null) {
                log.warn(
                        "The target of {} of {} cannot be read, the configuration stays where it is: {}",
                        configuration.id(),
                        configuration.tenant(),
                        e.violations());
            }
            return Optional.empty();
        }
    }
}
