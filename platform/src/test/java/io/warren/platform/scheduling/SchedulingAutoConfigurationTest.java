package io.warren.platform.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

class SchedulingAutoConfigurationTest {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withPropertyValues("spring.threads.virtual.enabled=true")
            .withConfiguration(AutoConfigurations.of(
                    SchedulingAutoConfiguration.class,
                    TaskExecutionAutoConfiguration.class,
                    TaskSchedulingAutoConfiguration.class))
            .withBean(Rounds.class);

    @Test
    void whatTakesLongHoldsUpNothingElse() {
        service.run(context -> {
            Rounds rounds = context.getBean(Rounds.class);
            try {
                await().until(() -> rounds.longOnes.get() == 1);
                int before = rounds.shortOnes.get();
                await().until(() -> rounds.shortOnes.get() > before + 10);
            } finally {
                rounds.end.countDown();
            }
        });
    }

    @Test
    void aRoundThatFailsComesAgain() {
        service.run(context -> {
            Rounds rounds = context.getBean(Rounds.class);
            rounds.end.countDown();
            await().until(() -> rounds.failed.get() > 1);
        });
    }

    @Test
    void aServiceThatRestsIsClosedAtOnce() {
        service.run(context -> {
            context.getBean(Rounds.class).end.countDown();
            ThreadPoolTaskScheduler scheduler = context.getBean(ThreadPoolTaskScheduler.class);
            scheduler.stop();
            await().until(() -> scheduler.getActiveCount() > 0);

            scheduler.shutdown();

            assertThat(scheduler.getScheduledExecutor().isTerminated()).isTrue();
        });
    }

    static class Rounds {

        private final CountDownLatch end = new CountDownLatch(1);
        private final AtomicInteger longOnes = new AtomicInteger();
        private final AtomicInteger shortOnes = new AtomicInteger();
        private final AtomicInteger failed = new AtomicInteger();

        @Scheduled(fixedDelay = 3_600_000)
        void takeLong() throws InterruptedException {
            longOnes.incrementAndGet();
            end.await();
        }

        @Scheduled(fixedDelay = 1)
        void beShort() {
            shortOnes.incrementAndGet();
        }

        @Scheduled(fixedDelay = 100)
        void fail() {
            failed.incrementAndGet();
            throw new IllegalStateException("not this time");
        }
    }
}
