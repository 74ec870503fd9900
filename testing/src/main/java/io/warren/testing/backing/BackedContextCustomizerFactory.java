package io.warren.testing.backing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/** Prepares what {@link Backed} promises before a test's application context starts. */
class BackedContextCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        Backed backed = AnnotatedElementUtils.findMergedAnnotation(testClass, Backed.class);
        return backed == null ? null : new BackedContextCustomizer(backed.broker());
    }

    /** A record, so that tests with the same wish share a cached context. */
    private record BackedContextCustomizer(Backed.Broker broker) implements ContextCustomizer {

        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration merged) {
            TestDatabase database = keep(context, new TestDatabase());
            TestTokens tokens = keep(context, new TestTokens());
            Map<String, Object> properties = new HashMap<>();
            properties.put("spring.datasource.url", database.url());
            properties.put("spring.datasource.username", database.username());
            properties.put("spring.datasource.password", database.username());
            properties.put("warren.security.jwks-uri", tokens.jwksUri());
            switch (broker) {
                case NONE -> {
                    // port 1 refuses at once: whoever connects by mistake is found out
                    properties.put("spring.rabbitmq.host", "127.0.0.1");
                    properties.put("spring.rabbitmq.port", "1");
                    properties.put("spring.rabbitmq.listener.simple.auto-startup", "false");
                }
                case OWN_VHOST -> {
                    connect(properties);
                    properties.put(
                            "spring.rabbitmq.virtual-host",
                            keep(context, new TestVirtualHost()).name());
                }
                case DEFAULT_VHOST -> connect(properties);
            }
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("backed", properties));
        }

        private static void connect(Map<String, Object> properties) {
            properties.put("spring.rabbitmq.host", BackingServers.get("RABBITMQ_HOST"));
            properties.put("spring.rabbitmq.port", BackingServers.get("RABBITMQ_PORT"));
            properties.put("spring.rabbitmq.username", BackingServers.get("RABBITMQ_USER"));
            properties.put("spring.rabbitmq.password", BackingServers.get("RABBITMQ_PASSWORD"));
        }

        /** Makes it a bean, to be injected, that goes when the context goes. */
        private static <T extends AutoCloseable> T keep(ConfigurableApplicationContext context, T resource) {
            DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
            String name = resource.getClass().getName();
            beans.registerSingleton(name, resource);
            beans.registerDisposableBean(name, resource::close);
            return resource;
        }
    }
}
