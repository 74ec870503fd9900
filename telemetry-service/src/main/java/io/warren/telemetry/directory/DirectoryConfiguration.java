package io.warren.telemetry.directory;

import io.warren.platform.registry.RegistryClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DirectoryConfiguration {

    @Bean
    RegistryClient registryClient(DirectoryProperties properties) {
        return new RegistryClient(properties.registryUrl(), properties.timeout());
    }
}
