package io.warren.registry.signin;

import io.micrometer.core.instrument.MeterRegistry;
import io.warren.contracts.device.AccessToken;
import io.warren.contracts.device.DeviceAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Judges who wants to sign in as a device. */
@Component
public class SignIn {

    private final Logins logins;
    private final ConnectionLimits limits;
    private final SignInProperties properties;
    private final MeterRegistry meters;
    private final Clock clock;

    SignIn(Logins logins, ConnectionLimits limits, SignInProperties properties, MeterRegistry meters, Clock clock) {
        this.logins = logins;
        this.limits = limits;
        this.properties = properties;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Judges a user name and a password.
     *
     * @param password a secret of the device or a token signed with one; absent where nothing was shown, which proves nothing
     */
    public Verdict judge(String username, @Nullable String password) {
        Optional<DeviceAddress> device = DeviceAddress.parse(username);
        if (device.isEmpty()) {
            return refuse(Refusal.NOT_A_DEVICE);
        }
        if (password == null || password.isEmpty()) {
            return refuse(Refusal.NO_PASSWORD);
        }
        return password.startsWith(AccessToken.SCHEME)
                ? byToken(device.get(), password)
                : bySecret(device.get(), password);
    }

    /**
     * Judges what is shown for a connection to the broker, of which there may be so many only.
     *
     * @param password absent if the broker has not been told one: it asks that way only about the common name of a certificate that it
     *     has found to be issued by one of the authorities it trusts
     */
    public Verdict judgeConnection(String username, @Nullable String password) {
        Verdict verdict = password == null ? byCertificate(username) : judge(username, password);
        return verdict instanceof Verdict.Accepted accepted && !limits.admit(accepted.device())
                ? refuse(Refusal.TOO_MANY_CONNECTIONS)
                : verdict;
    }

    /**
     * Judges a certificate of whose key somebody has proved to have it.
     *
     * @param username its common name
     * @param sha256 of its encoding (DER)
     */
    public Verdict judgeCertificate(String username, byte[] sha256) {
        Optional<DeviceAddress> device = DeviceAddress.parse(username);
        if (device.isEmpty()) {
            return refuse(Refusal.NOT_A_DEVICE);
        }
        Login login = logins.of(device.get());
        Optional<Instant> until = login.certifiedUntil(sha256);
        return byCertificate(device.get(), login, until, until.orElse(null));
    }

    /** Counts a refusal that was found out elsewhere. */
    public Verdict refuse(Refusal reason) {
        meters.counter("warren.signin.refused", "reason", reason.text()).increment();
        return new Verdict.Refused(reason);
    }

    private Verdict byCertificate(String username) {
        Optional<DeviceAddress> device = DeviceAddress.parse(username);
        if (device.isEmpty()) {
            return refuse(Refusal.NOT_A_DEVICE);
        }
        Login login = logins.of(device.get());
        return byCertificate(device.get(), login, login.certifiedUntil(), null);
    }

    private Verdict byCertificate(
            DeviceAddress device, Login login, Optional<Instant> certifiedUntil, @Nullable Instant acceptedUntil) {
        if (certifiedUntil.filter(clock.instant()::isBefore).isEmpty()) {
            return refuse(login.exists() ? Refusal.NO_CERTIFICATE : Refusal.UNKNOWN_DEVICE);
        }
        return login.enabled() ? new Verdict.Accepted(device, acceptedUntil) : refuse(Refusal.DISABLED);
    }

    private Verdict bySecret(DeviceAddress device, String password) {
        Login login = logins.of(device);
        if (!login.hasSecret(password)) {
            return refuse(login.exists() ? Refusal.WRONG_SECRET : Refusal.UNKNOWN_DEVICE);
        }
        return login.enabled() ? new Verdict.Accepted(device, null) : refuse(Refusal.DISABLED);
    }

    /** What can be said without a key is said first. */
    private Verdict byToken(DeviceAddress device, String password) {
        Optional<AccessToken> read = AccessToken.parse(password);
        if (read.isEmpty() || !read.get().device().equals(device)) {
            return refuse(Refusal.MALFORMED_TOKEN);
        }
        AccessToken token = read.get();
        Instant now = clock.instant();
        Instant until = token.expiresAt().plus(properties.clockSkew());
        if (!now.isBefore(until)) {
            return refuse(Refusal.EXPIRED_TOKEN);
        }
        if (token.expiresAt().isAfter(now.plus(properties.tokenLifetime()).plus(properties.clockSkew()))) {
            return refuse(Refusal.LONG_TOKEN);
        }
        Login login = logins.of(device);
        if (!login.hasSigned(token)) {
            return refuse(login.exists() ? Refusal.FORGED_TOKEN : Refusal.UNKNOWN_DEVICE);
        }
        return login.enabled() ? new Verdict.Accepted(device, until) : refuse(Refusal.DISABLED);
    }
}
