package io.warren.registry.brokerauth;

import io.micrometer.core.instrument.MeterRegistry;
import io.warren.contracts.device.DeviceAddress;
import java.util.Optional;
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

    private final Logins logins;
    private final MeterRegistry meters;

    BrokerAuthController(Logins logins, MeterRegistry meters) {
        this.logins = logins;
        this.meters = meters;
    }

    /** May this device sign in? A password is required: without one it would be a certificate, which is not offered yet. */
    @PostMapping("/user")
    String user(
            @RequestParam String username,
            @RequestParam(required = false) @Nullable String password,
            @RequestParam(name = "client_id", required = false) @Nullable String clientId,
            @RequestParam(defaultValue = "/") String vhost) {
        Optional<DeviceAddress> device = DeviceAddress.parse(username);
        if (device.isEmpty() || !DeviceAuthorization.mayEnter(username, vhost)) {
            return deny("user", "not a device");
        }
        if (!username.equals(clientId)) {
            // or any device could take over another's session
            return deny("user", "the client id is not the user name");
        }
        if (password == null || password.isEmpty()) {
            return deny("user", "no password");
        }
        return logins.of(device.get()).accepts(password) ? ALLOW : deny("user", "wrong secret, unknown or disabled");
    }

    /** May this device use the virtual host? */
    @PostMapping("/vhost")
    String vhost(@RequestParam String username, @RequestParam String vhost) {
        return DeviceAuthorization.mayEnter(username, vhost) ? ALLOW : deny("vhost", "not for devices");
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
