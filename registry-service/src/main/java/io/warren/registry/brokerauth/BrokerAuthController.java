package io.warren.registry.brokerauth;

import io.micrometer.core.instrument.MeterRegistry;
import io.warren.registry.signin.Refusal;
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

    private final BrokerSignIns signIns;
    private final MeterRegistry meters;

    BrokerAuthController(BrokerSignIns signIns, MeterRegistry meters) {
        this.signIns = signIns;
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
        return signIns.judge(username, password, clientId, vhost)
                .map(refusal -> deny("user", refusal.text()))
                .orElse(ALLOW);
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
        if (ip != null && signIns.isLockedOut(username, ip)) {
            return deny("vhost", Refusal.LOCKED_OUT.text());
        }
        return ALLOW;
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
