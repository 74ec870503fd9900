package io.warren.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.DeviceAddress;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CommandTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(5);

    private final Command command =
            new Command(DeviceAddress.of("acme", "pump-17"), "reboot", null, NOON, NOON.plusSeconds(3_600), null);

    @Test
    void isCalledOffOnce() {
        assertThat(command.cancel(LATER)).isTrue();
        assertThat(command.cancel(LATER.plusSeconds(1))).isFalse();
        assertThat(command.view().state()).isEqualTo(CommandState.CANCELLED);
        assertThat(command.view().finishedAt()).isEqualTo(LATER);
        command.send(LATER);
        assertThat(command.standing().state()).isEqualTo(CommandState.CANCELLED);
    }
}
