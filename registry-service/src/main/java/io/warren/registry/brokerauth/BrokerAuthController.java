package io.warren.registry.brokerauth;

import io.micrometer.core.instrument.MeterRegistry;
import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.peer.PeerAddress;
import io.warren.registry.lockout.Lockouts;
import io.warren.registry.signin.Refusal;
import io.warren.registry.signin.SignIn;
import io.warren.registry.signin.SignInFailures;
import io.warren.registry.signin.TokenSessions;
import io.warren.registry.signin.Verdict;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The four questions of {@code rabbitmq_auth_backend_http}. An answer is {@code allow} or {@code deny} with a reason for the
 * broker's log; anything else counts as a refusal too, an error included.
 */
@RestController
@RequestMapping(path = "/broker", produces = MediaType.TEXT_PLAIN_VALUE)
class BrokerAuthController {

    private static final String ALLOW = "allow";

    private final SignIn signIn;
    private final TokenSessions sessions;
    private final SignInFailures failures;
    private final Lockouts lockouts;
    private final MeterRegistry meters;

    BrokerAuthController(
            SignIn signIn, TokenSessions sessions, SignInFailures failures, Lockouts lockouts, MeterRegistry meters) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.failures = failures;
        this.lockouts = lockouts;
        this.meters = meters;
    }

    /**
     * May this device sign in? Without a password it is by its certificate: of a client that names itself and shows no password the
     * broker asks nothing, and turns it away.
     */
    @PostMapping("/user")
    String user(
            @RequestParam String username,
            @RequestParam(required = false) @Nullable String password,
            @RequestParam(name = "client_id", required = false) @Nullable String clientId,
            @RequestParam(defaultValue = "/") String vhost) {
        return switch (judge(username, password, clientId, vhost)) {
            case Verdict.Accepted accepted -> {
                sessions.note(accepted);
                yield ALLOW;
            }
            case Verdict.Refused refused -> {
                failures.atBroker(username, refused.reason());
                yield deny("user", refused.reason().text());
            }
        };
    }

    private Verdict judge(String username, @Nullable String password, @Nullable String clientId, String vhost) {
        if (!DeviceAuthorization.mayEnter(username, vhost)) {
            return signIn.refuse(Refusal.NOT_A_DEVICE);
        }
        if (!username.equals(clientId)) {
            // or any device could take over another's session
            return signIn.refuse(Refusal.FOREIGN_CLIENT_ID);
        }
        return signIn.judgeConnection(username, password);
    }

    /** May this device use the virtual host? It is the one question that says where a device comes from. */
    @PostMapping("/vhost")
    String vhost(
            @RequestParam String username,
            @RequestParam String vhost,
            @RequestParam(required = false) @Nullable String ip) {
        if (!DeviceAuthorization.mayEnter(username, vhost)) {
            return deny("vhost", "not for devices");
        }
        if (ip != null && isLockedOut(username, ip)) {
            signIn.refuse(Refusal.LOCKED_OUT);
            return deny("vhost", Refusal.LOCKED_OUT.text());
        }
        return ALLOW;
    }

    private boolean isLockedOut(String username, String ip) {
        return PeerAddress.of(ip)
                .flatMap(address -> DeviceAddress.parse(username).flatMap(device -> lockouts.until(address, device)))
                .isPresent();
    }

    /** May this device touch an exchange or a queue? */
    @PostMapping("/resource")
    String resource(
            @RequestParam String username,
            @RequestParam String vhost,
            @RequestParam String resource,
            @RequestParam String name,
            @RequestParam String permission) {
        return DeviceAuthorization.mayTouch(username, vhost, resource, name, permission)
                ? ALLOW
                : deny("resource", "not its own");
    }

    /** May this device publish to a topic, or subscribe to it? */
    @PostMapping("/topic")
    String topic(
            @RequestParam String username,
            @RequestParam String vhost,
            @RequestParam String name,
            @RequestParam String permission,
            @RequestParam(name = "routing_key") String key) {
        return DeviceAuthorization.mayUse(username, vhost, name, permission, key)
                ? ALLOW
                : deny("topic", "not a topic of its own");
    }

    private String deny(String question, String reason) {
        meters.counter("warren.broker.refusals", "question", question, "reason", reason)
                .increment();
        return "deny " + reason;
    }
}
