package io.warren.registry.brokerauth;

import io.warren.contracts.device.BootstrapName;
import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.peer.PeerAddress;
import io.warren.registry.bootstrap.BootstrapSignIn;
import io.warren.registry.lockout.Lockouts;
import io.warren.registry.signin.Refusal;
import io.warren.registry.signin.SignIn;
import io.warren.registry.signin.SignInFailures;
import io.warren.registry.signin.TokenSessions;
import io.warren.registry.signin.Verdict;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Judges who signs in to the broker: devices with what they have proved themselves with, and those that have no identity yet, under a
 * name of its own kind, with what is to get them one. Those are nobody's presence, and no tenant's connections are used up by them.
 */
@Component
class BrokerSignIns {

    private final SignIn signIn;
    private final BootstrapSignIn bootstrap;
    private final TokenSessions sessions;
    private final SignInFailures failures;
    private final Lockouts lockouts;

    BrokerSignIns(
            SignIn signIn,
            BootstrapSignIn bootstrap,
            TokenSessions sessions,
            SignInFailures failures,
            Lockouts lockouts) {
        this.signIn = signIn;
        this.bootstrap = bootstrap;
        this.sessions = sessions;
        this.failures = failures;
        this.lockouts = lockouts;
    }

    /** Why somebody may not sign in; empty if they may. */
    Optional<Refusal> judge(String username, @Nullable String password, @Nullable String clientId, String vhost) {
        Optional<Refusal> refusal = find(username, password, clientId, vhost);
        refusal.ifPresent(reason -> failures.atBroker(username, reason));
        return refusal;
    }

    private Optional<Refusal> find(
            String username, @Nullable String password, @Nullable String clientId, String vhost) {
        if (!DeviceAuthorization.mayEnter(username, vhost)) {
            return refuse(Refusal.NOT_A_DEVICE);
        }
        if (!username.equals(clientId)) {
            // or any device could take over another's session
            return refuse(Refusal.FOREIGN_CLIENT_ID);
        }
        Optional<BootstrapName> bootstrapping = BootstrapName.parse(username);
        if (bootstrapping.isPresent()) {
            return bootstrap.judge(bootstrapping.get(), password).flatMap(this::refuse);
        }
        return switch (signIn.judgeConnection(username, password)) {
            case Verdict.Accepted accepted -> {
                sessions.note(accepted);
                yield Optional.empty();
            }
            case Verdict.Refused refused -> Optional.of(refused.reason());
        };
    }

    private Optional<Refusal> refuse(Refusal reason) {
        signIn.refuse(reason);
        return Optional.of(reason);
    }

    /** Whether somebody who was let in is turned away for where they come from. */
    boolean isLockedOut(String username, String ip) {
        Optional<DeviceAddress> device = DeviceAddress.parse(username)
                .or(() -> BootstrapName.parse(username).map(BootstrapName::device));
        boolean locked = PeerAddress.of(ip)
                .flatMap(address -> device.flatMap(each -> lockouts.until(address, each)))
                .isPresent();
        if (locked) {
            signIn.refuse(Refusal.LOCKED_OUT);
        }
        return locked;
    }
}
