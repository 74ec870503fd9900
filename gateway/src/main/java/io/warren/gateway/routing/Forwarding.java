package io.warren.gateway.routing;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Function;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Hands requests to one service, at the address and with the query that the caller wrote, letter by letter. (The framework's
 * handler takes the query apart and reads form bodies for it.)
 */
class Forwarding implements HandlerFunction<ServerResponse> {

    private final URI service;
    private final ProxyExchange exchange;
    private final Function<HttpServletRequest, HttpHeaders> headers;

    Forwarding(URI service, ProxyExchange exchange, Function<HttpServletRequest, HttpHeaders> headers) {
        this.service = service;
        this.exchange = exchange;
        this.headers = headers;
    }

    @Override
    public ServerResponse handle(ServerRequest request) {
        return exchange.exchange(exchange.request(request)
                .uri(target(request.servletRequest()))
                .headers(headers.apply(request.servletRequest()))
                .build());
    }

    private URI target(HttpServletRequest request) {
        String query = request.getQueryString();
        String address = request.getRequestURI() + (query == null ? "" : "?" + query);
        try {
            return new URI(service + address);
        } catch (URISyntaxException e) {
            throw new ProblemException(ProblemKind.MALFORMED, "The address is not a valid URI: " + e.getReason());
        }
    }
}
