package io.warren.gateway.device;

import io.warren.gateway.peer.Peers;
import io.warren.platform.security.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** What belongs to devices is theirs only. What is open to those without an identity comes before, and is not seen here. */
@Configuration(proxyBeanMethods = false)
class DeviceSecurity {

    @Bean
    @Order(3)
    SecurityFilterChain devices(
            HttpSecurity http,
            Peers peers,
            DeviceSignIns signIns,
            RefusalDelay delay,
            HandlerExceptionResolver handlerExceptionResolver) {
        return http.securityMatcher("/device/**")
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(
                        new DeviceFilter(peers, signIns, delay, handlerExceptionResolver), AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests.anyRequest().hasRole(Role.DEVICE.name()))
                .build();
    }
}
