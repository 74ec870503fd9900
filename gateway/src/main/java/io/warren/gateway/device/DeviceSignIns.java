package io.warren.gateway.device;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.SignInAnswer;
import io.warren.contracts.registry.SignInQuestion;
import io.warren.gateway.access.Identity;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.stereotype.Component;

/**
 * Finds out whether a device is who it says, and does not ask again for some seconds. What was shown is remembered as a keyed hash,
 * whose key is in this process only.
 */
@Component
class DeviceSignIns {

    private static final ProblemKind LOCKED =
            new ProblemKind("locked-out", HttpStatus.TOO_MANY_REQUESTS, "Too many failed sign-ins");

    private final RegistrySignIn registry;
    private final MeterRegistry meters;
    private final Clock clock;
    private final KeyedHash hash = new KeyedHash();
    private final Cache<String, Instant> recent;

    DeviceSignIns(RegistrySignIn registry, DeviceSignInProperties properties, MeterRegistry meters, Clock clock) {
        this.registry = registry;
        this.meters = meters;
        this.clock = clock;
        this.recent = Caffeine.newBuilder()
                .maximumSize(properties.cacheSize())
                .expireAfterWrite(properties.cacheTtl())
                .build();
    }

    /**
     * The device that shows these credentials.
     *
     * @param address the network address it comes from
     * @throws BadCredentialsException if it is not the device, or may not come in; which of the two is not said
     * @throws ProblemException if it was turned away unheard, or the registry is away
     */
    Identity identify(BasicCredentials credentials, String address) {
        return identify(
                credentials.device(),
                "password:" + credentials.device() + ":" + credentials.password(),
                () -> SignInQuestion.ofPassword(credentials.device().toString(), credentials.password(), address));
    }

    /** The device that has proved to have the key of a certificate; otherwise as the other. */
    Identity identify(DeviceCertificate certificate, String address) {
        return identify(
                certificate.device(),
                "certificate:" + certificate.device() + ":" + certificate.sha256(),
                () -> SignInQuestion.ofCertificate(certificate.device().toString(), certificate.sha256(), address));
    }

    private Identity identify(DeviceAddress device, String shown, Supplier<SignInQuestion> question) {
        String key = hash.of(shown);
        Instant until = recent.getIfPresent(key);
        if (until == null || !clock.instant().isBefore(until)) {
            recent.put(key, ask(question.get()));
        }
        return Identity.of(device);
    }

    private Instant ask(SignInQuestion question) {
        SignInAnswer answer = registry.ask(question);
        meters.counter("warren.device.signins", "outcome", answer.outcome().name())
                .increment();
        return switch (answer.outcome()) {
            case ACCEPTED -> answer.until() == null ? Instant.MAX : answer.until();
            case REFUSED -> throw new BadCredentialsException("No valid secret, token or certificate of this device");
            case LOCKED ->
                throw new ProblemException(
                        LOCKED, "There were too many failed sign-ins from this address.", wait(answer));
        };
    }

    private Duration wait(SignInAnswer answer) {
        return answer.until() == null ? Duration.ofMinutes(1) : Duration.between(clock.instant(), answer.until());
    }
}
