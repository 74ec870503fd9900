package io.warren.platform.webhook;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** A request that got no answer, or none that can be read. It may have arrived. */
public final class WebhookFailure extends IOException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    WebhookFailure(String reason) {
        super(reason);
        this.reason = reason;
    }

    static WebhookFailure of(IOException cause) {
        return switch (cause) {
            case WebhookFailure failure -> failure;
            case ReachableAddresses.NotReachable _ ->
                new WebhookFailure("the host has no address that may be connected to");
            case UnknownHostException _ -> new WebhookFailure("the host has no address");
            case SocketTimeoutException _ -> late();
            default -> new WebhookFailure("no connection: " + cause.getClass().getSimpleName());
        };
    }

    static WebhookFailure late() {
        return new WebhookFailure("no answer in time");
    }

    /** Why, for people. */
    public String reason() {
        return reason;
    }
}
