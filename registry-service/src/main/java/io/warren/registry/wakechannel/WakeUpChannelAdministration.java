package io.warren.registry.wakechannel;

import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.platform.web.EntityTags;
import io.warren.registry.tenant.Tenants;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How wake-up channels come, change and go. */
@Service
class WakeUpChannelAdministration {

    private static final int MOST = 20;
    private static final String FORM = "[a-z0-9][a-z0-9_-]{0,63}";

    private static final ProblemKind TOO_MANY = new ProblemKind(
            "too-many-wake-up-channels", HttpStatus.CONFLICT, "The tenant has all the wake-up channels it may have");

    private static final ProblemKind IN_USE =
            new ProblemKind("wake-up-channel-in-use", HttpStatus.CONFLICT, "A device type names the channel");

    private final WakeUpChannels channels;
    private final ChannelSecrets secrets;
    private final Tenants tenants;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    WakeUpChannelAdministration(
            WakeUpChannels channels,
            ChannelSecrets secrets,
            Tenants tenants,
            ApplicationEventPublisher events,
            Clock clock) {
        this.channels = channels;
        this.secrets = secrets;
        this.tenants = tenants;
        this.events = events;
        this.clock = clock;
    }

    /** Makes a channel, or gives one that exists the description asked for; a secret that is left out stays as it is. */
    @Transactional
    Outcome put(TenantId tenant, String id, WakeUpChannelDescription description, @Nullable String ifMatch) {
        if (!id.matches(FORM)) {
            throw invalid(new Violation("channel", "of the form " + FORM));
        }
        channels.reserve(tenant);
        Optional<WakeUpChannel> existing = channels.lock(tenant, id);
        EntityTags.check(ifMatch, existing.map(WakeUpChannel::version));
        if (existing.isPresent()) {
            describe(tenant, existing.get(), description);
            return new Outcome(existing.get(), false);
        }
        tenants.hold(tenant);
        if (channels.count(tenant) >= MOST) {
            throw new ProblemException(TOO_MANY, "A tenant has at most " + MOST + " wake-up channels.");
        }
        String secret = description.secret();
        if (secret == null) {
            throw invalid(new Violation(description.secretPointer(), "needed for a new channel"));
        }
        WakeUpChannel channel = new WakeUpChannel(
                WakeUpChannelKey.of(tenant, id), description, secrets.close(tenant, id, secret), clock.instant());
        channels.add(channel);
        return new Outcome(channel, true);
    }

    /** Changes the description of a channel that exists. */
    @Transactional
    WakeUpChannel change(
            TenantId tenant, String id, UnaryOperator<WakeUpChannelDescription> change, @Nullable String ifMatch) {
        WakeUpChannel channel = channels.lock(tenant, id).orElseThrow(() -> WakeUpChannels.notFound(id));
        EntityTags.check(ifMatch, channel.version());
        describe(tenant, channel, change.apply(channel.description()));
        return channel;
    }

    /** Removes a channel that no device type names. */
    @Transactional
    void delete(TenantId tenant, String id, @Nullable String ifMatch) {
        WakeUpChannel channel = channels.lock(tenant, id).orElseThrow(() -> WakeUpChannels.notFound(id));
        EntityTags.check(ifMatch, channel.version());
        try {
            channels.remove(channel);
        } catch (DataIntegrityViolationException e) {
            throw new ProblemException(IN_USE, "Take channel " + id + " out of the device types first.");
        }
        events.publishEvent(new WakeUpChannelDeleted(tenant, id));
    }

    private void describe(TenantId tenant, WakeUpChannel channel, WakeUpChannelDescription description) {
        String secret = description.secret();
        if (secret == null && !channel.description().showsItsSecretTo(description)) {
            throw invalid(new Violation(
                    description.secretPointer(), "needed again: the channel's secret would be shown to somebody else"));
        }
        if (secret != null) {
            channel.reseal(secrets.close(tenant, channel.id(), secret));
        }
        channel.describe(description);
        channels.flush();
    }

    private static ProblemException invalid(Violation violation) {
        return new ProblemException(
                ProblemKind.INVALID, "The wake-up channel is not allowed to be like this.", List.of(violation));
    }

    record Outcome(WakeUpChannel channel, boolean created) {}
}
