package io.warren.registry.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.peer.PeerAddress;
import io.warren.registry.lockout.Lockouts;
import io.warren.registry.timeline.Happened;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What follows from a refused sign-in: it is counted against where it came from, and is seen in the device's timeline. */
@Component
public class SignInFailures {

    private static final int MOST = 20_000;

    /** Refusals of one name of which the broker has not said yet where they came from. */
    private static final int MOST_OF_A_NAME = 16;

    /** No device's address is longer. Anybody can send a name, and a long one is not worth its memory. */
    private static final int LONGEST_NAME = 128;

    /** The broker says at once where a refused device came from. */
    private static final Duration UNTIL_TOLD = Duration.ofSeconds(30);

    /** A device that tries again and again is one entry a minute. */
    private static final Duration BETWEEN_ENTRIES = Duration.ofMinutes(1);

    private final Lockouts lockouts;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Cache<String, Queue<Refusal>> judged =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(UNTIL_TOLD).build();
    private final Cache<DeviceAddress, Refusal> noted = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(BETWEEN_ENTRIES)
            .build();

    SignInFailures(Lockouts lockouts, ApplicationEventPublisher events, TransactionTemplate transaction, Clock clock) {
        this.lockouts = lockouts;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** A sign-in to the broker is refused, which did not say where it comes from. */
    public void atBroker(String username, Refusal reason) {
        judged.asMap().compute(key(username), (_, before) -> {
            Queue<Refusal> reasons = before == null ? new ConcurrentLinkedQueue<>() : before;
            if (reasons.size() < MOST_OF_A_NAME) {
                reasons.add(reason);
            }
            return reasons;
        });
    }

    /** The broker says where a sign-in that it refused came from. What another replica judged is that one's to count. */
    void told(String username, PeerAddress address) {
        Queue<Refusal> reasons = judged.getIfPresent(key(username));
        Refusal reason = reasons == null ? null : reasons.poll();
        if (reason != null) {
            from(address, username, reason);
        }
    }

    /** A sign-in from an address is refused. */
    void from(PeerAddress address, String username, Refusal reason) {
        Optional<DeviceAddress> device = DeviceAddress.parse(username).filter(_ -> reason.isOfADevice());
        if (reason.isGuess()) {
            lockouts.failed(address, device.orElse(null));
        }
        device.filter(each -> noted.asMap().putIfAbsent(each, reason) == null)
                .ifPresent(each -> note(each, address, reason));
    }

    private static String key(String username) {
        return username.length() <= LONGEST_NAME ? username : username.substring(0, LONGEST_NAME);
    }

    private void note(DeviceAddress device, PeerAddress address, Refusal reason) {
        transaction.executeWithoutResult(_ -> events.publishEvent(new Happened(
                device, clock.instant(), "signin", "refused", new Details(reason.text(), address.text()))));
    }

    /** What the timeline says of it. */
    private record Details(String reason, String address) {}
}
