package io.warren.gateway.routing;

import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Answers failures on a route as controllers' failures are answered; the framework leaves routes out of that. */
@Component
class RoutingProblems {

    private final HandlerExceptionResolver resolver;

    RoutingProblems(HandlerExceptionResolver handlerExceptionResolver) {
        this.resolver = handlerExceptionResolver;
    }

    ServerResponse answer(Throwable failure, ServerRequest request) {
        return ServerResponse.ok().build((servletRequest, servletResponse) -> {
            resolver.resolveException(servletRequest, servletResponse, null, (Exception) failure);
            return null;
        });
    }
}
