package io.warren.provisioning.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.provisioning.ProvisioningTest;
import io.warren.testing.backing.Backed;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ProvisioningTest
@Backed
class RegistrationProgressTest {

    @Autowired
    private RegistrationProgress progress;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void whereTooManyAskTheOthersAreToComeAgain() {
        ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor();
        try (askers) {
            transaction.executeWithoutResult(_ -> {
                jdbc.sql("LOCK TABLE registration IN ACCESS EXCLUSIVE MODE").update();
                List<? extends Future<?>> answers = Stream.of(1, 2, 3)
                        .map(_ -> askers.submit(() -> progress.of(UUID.randomUUID())))
                        .toList();
                await().until(() -> answers.stream().anyMatch(Future::isDone));
                assertThat(answers.stream()
                                .filter(Future::isDone)
                                .findFirst()
                                .orElseThrow()
                                .exceptionNow())
                        .isInstanceOfSatisfying(ProblemException.class, problem -> {
                            assertThat(problem.kind()).isEqualTo(ProblemKind.UNAVAILABLE);
                            assertThat(problem.retryAfter()).isPositive();
                        });
            });
        }
    }
}
