package io.warren.gateway.routing;

import io.warren.platform.pace.ReturnTimes;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.Objects;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Carries a request to a service and the answer back. Neither body is ever held in memory. It takes the place of the
 * framework's own exchange, which reads an answer to its end when the caller has left, be it gigabytes, and ends a body properly
 * that has broken off.
 */
@Component
class ServiceExchange implements ProxyExchange {

    private static final Logger log = LoggerFactory.getLogger(ServiceExchange.class);

    private static final ProblemKind TIMEOUT =
            new ProblemKind("gateway-timeout", HttpStatus.GATEWAY_TIMEOUT, "No answer in time");

    private final CloseableHttpClient client;

    /** A fleet that finds a service away must not come back as one. */
    private final ReturnTimes returnTimes = ReturnTimes.afterOutage();

    ServiceExchange(CloseableHttpClient client) {
        this.client = client;
    }

    /**
     * Sends a request on.
     *
     * @throws ProblemException if the service is away or does not answer in time
     */
    @Override
    public ServerResponse exchange(Request request) {
        HttpUriRequestBase outgoing =
                new HttpUriRequestBase(request.getMethod().name(), Objects.requireNonNull(request.getUri()));
        request.getHeaders().forEach((name, values) -> values.forEach(value -> outgoing.addHeader(name, value)));
        attachBody(outgoing, request.getServerRequest().servletRequest());
        ClassicHttpResponse answer;
        try {
            answer = client.executeOpen(null, outgoing, null);
        } catch (SocketTimeoutException e) {
            throw e instanceof ConnectTimeoutException ? away(outgoing, e) : late(outgoing);
        } catch (IOException e) {
            throw away(outgoing, e);
        }
        return new RelayedResponse(answer, outgoing::cancel);
    }

    private static void attachBody(HttpUriRequestBase outgoing, HttpServletRequest incoming) {
        try {
            ServletInputStream body = incoming.getInputStream();
            if (!body.isFinished()) {
                outgoing.setEntity(new IncomingBody(body, incoming.getContentLengthLong(), outgoing::cancel));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProblemException away(HttpUriRequestBase request, IOException cause) {
        // without the path: an address made for a device is a secret
        log.warn("A {} did not reach {}: {}", request.getMethod(), request.getAuthority(), cause.toString());
        return new ProblemException(
                ProblemKind.UNAVAILABLE, "The service behind this address is away for the moment.", returnTimes.next());
    }

    private ProblemException late(HttpUriRequestBase request) {
        log.warn("A {} was not answered by {} in time", request.getMethod(), request.getAuthority());
        return new ProblemException(
                TIMEOUT,
                "The service behind this address did not answer in time. What was asked for may have happened or not.",
                returnTimes.next());
    }
}
