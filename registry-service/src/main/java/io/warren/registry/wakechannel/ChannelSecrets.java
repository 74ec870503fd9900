package io.warren.registry.wakechannel;

import io.warren.contracts.device.TenantId;
import io.warren.platform.seal.Seal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The secrets of channels, sealed each for its channel with a key that is not in the database. */
@Component
class ChannelSecrets {

    private final Seal seal;

    ChannelSecrets(WakeUpChannelProperties properties) {
        this.seal = new Seal(properties.sealingKey());
    }

    byte[] close(TenantId tenant, String channel, String secret) {
        return seal.close(secret.getBytes(StandardCharsets.UTF_8), place(tenant, channel));
    }

    /** The secret; empty if it is not sealed for this channel and installation. */
    Optional<String> open(TenantId tenant, WakeUpChannel channel) {
        return seal.open(channel.sealedSecret(), place(tenant, channel.id()))
                .map(secret -> new String(secret, StandardCharsets.UTF_8));
    }

    private static String place(TenantId tenant, String channel) {
        return "wake-up-channel\n" + tenant + "\n" + channel;
    }
}
