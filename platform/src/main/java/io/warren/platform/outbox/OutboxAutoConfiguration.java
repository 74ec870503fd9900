package io.warren.platform.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The outbox of a service that has a database and a broker. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
        })
@ConditionalOnBean({DataSource.class, RabbitTemplate.class})
public class OutboxAutoConfiguration {

    @Bean
    OutboxRelay outboxRelay(DataSource dataSource, RabbitTemplate rabbit) {
        return new OutboxRelay(dataSource, rabbit);
    }

    @Bean
    Outbox outbox(
            JdbcClient jdbc, JsonMapper json, Clock clock, OutboxRelay relay, ApplicationEventPublisher listeners) {
        return new Outbox(jdbc, json, clock, relay, listeners);
    }

    @Bean
    MeterBinder outboxMetrics(JdbcClient jdbc) {
        return registry -> Gauge.builder("warren.outbox.waiting", jdbc, OutboxAutoConfiguration::waiting)
                .description("Events that the broker has not confirmed yet")
                .register(registry);
    }

    private static double waiting(JdbcClient jdbc) {
        return jdbc.sql("SELECT count(*) FROM outbox").query(Long.class).single();
    }
}
