package io.warren.provisioning.bruteforce;

import io.warren.platform.peer.PeerAddress;
import io.warren.provisioning.bruteforce.FailureCounts.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.stereotype.Component;

/** Whom a failure is counted of, and how much room each of them has. */
@Component
class Suspicion {

    /** What part of its room a new address has at an enrolment that is attacked. */
    private static final int LESS = 10;

    private final Lockouts lockouts;
    private final KnownAddresses known;
    private final BruteForceProperties properties;
    private final List<IpAddressMatcher> exempt;

    Suspicion(Lockouts lockouts, KnownAddresses known, BruteForceProperties properties) {
        this.lockouts = lockouts;
        this.known = known;
        this.properties = properties;
        this.exempt = properties.exempt().stream().map(IpAddressMatcher::new).toList();
    }

    /** What a failed attempt is counted as. */
    List<Failure> of(Attempt attempt) {
        List<Failure> failures = new ArrayList<>();
        Suspect door = Suspect.door(attempt.tenant(), attempt.door());
        failures.add(new Failure(door, properties.doorFailures()));
        Optional<PeerAddress> peer = attempt.peer();
        if (peer.filter(this::isExempt).isPresent()) {
            return failures;
        }
        peer.ifPresent(address -> failures.add(new Failure(Suspect.address(address), room(attempt, door))));
        attempt.named()
                .ifPresent(device -> failures.add(
                        new Failure(Suspect.device(device, peer.orElse(null)), properties.deviceFailures())));
        return failures;
    }

    private int room(Attempt attempt, Suspect door) {
        String address = attempt.address();
        if (address != null && known.has(address)) {
            return properties.knownAddressFailures();
        }
        return lockouts.until(door).isPresent()
                ? Math.max(1, properties.addressFailures() / LESS)
                : properties.addressFailures();
    }

    private boolean isExempt(PeerAddress address) {
        String first = address.text().replace("/64", "");
        return exempt.stream().anyMatch(network -> network.matches(first));
    }
}
