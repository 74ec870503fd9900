package io.warren.platform.scheduling;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.support.TaskUtils;

/**
 * The scheduler of a service. With virtual threads the framework's own one has a single thread for all that is done again a while
 * after it ended, and whatever takes long would hold up what is due every second.
 */
@AutoConfiguration(after = TaskExecutionAutoConfiguration.class, before = TaskSchedulingAutoConfiguration.class)
@EnableScheduling
public class SchedulingAutoConfiguration {

    /** Fewer than the connections to the database, or the rounds could take all of them. */
    private static final int THREADS = 4;

    /** How long a round that is under way may take when the service stops. */
    private static final int SECONDS_TO_END = 10;

    @Bean
    @ConditionalOnMissingBean(TaskScheduler.class)
    ThreadPoolTaskScheduler taskScheduler() {
        ThreadPoolTaskScheduler scheduler = new WakingScheduler();
        scheduler.setPoolSize(THREADS);
        scheduler.setThreadNamePrefix("scheduled-");
        scheduler.setErrorHandler(TaskUtils.LOG_AND_SUPPRESS_ERROR_HANDLER);
        // not interrupted: in the middle of an exchange with the broker that would cost the channel
        scheduler.setWaitForTasksToCompleteOnShutdown(true);
        scheduler.setAwaitTerminationSeconds(SECONDS_TO_END);
        return scheduler;
    }

    /** Wakes threads that rest, as those of a context do that is not used for a while: they would not hear that it is closed. */
    @SuppressWarnings("serial") // never written
    private static final class WakingScheduler extends ThreadPoolTaskScheduler {

        @Override
        public void shutdown() {
            start();
            super.shutdown();
        }
    }
}
