package io.warren.contracts.provisioning;

/** What the registry asks provisioning over AMQP, answered to the direct reply-to of the question. */
public final class ProvisioningRequests {

    /** The direct exchange to which questions go; the routing key says which queue. */
    public static final String EXCHANGE = "provisioning.requests";

    /** Routing key, and queue, of questions about certificates. */
    public static final String CERTIFICATES = "provisioning.requests";

    /** Routing key, and queue, of {@link BootstrapSignInQuestion}s: they are worth nothing after two seconds, so they wait behind no others. */
    public static final String SIGN_INS = "provisioning.signins";

    private ProvisioningRequests() {}
}
