package io.warren.registry.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.problem.ProblemException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CommandTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(5);

    private final Command command =
            new Command(DeviceAddress.of("acme", "pump-17"), "reboot", null, NOON, NOON.plusSeconds(3_600), null);

    @Test
    void goesItsWay() {
        command.sent(NOON, LATER);
        assertThat(command.view().state()).isEqualTo(CommandState.SENT);
        assertThat(answer(CommandAnswer.Status.ACCEPTED)).isTrue();
        assertThat(answer(CommandAnswer.Status.RUNNING)).isTrue();
        assertThat(answer(CommandAnswer.Status.SUCCEEDED)).isTrue();
        assertThat(command.view().finishedAt()).isEqualTo(LATER);
    }

    @ParameterizedTest
    @EnumSource(CommandAnswer.Status.class)
    void whatHasEndedStaysEnded(CommandAnswer.Status status) {
        answer(CommandAnswer.Status.REJECTED);
        assertThat(answer(status)).isFalse();
        command.expire(LATER);
        command.sent(NOON, LATER);
        assertThat(command.view().state()).isEqualTo(CommandState.REJECTED);
    }

    @Test
    void anAnswerThatComesLateDoesNotTurnBack() {
        answer(CommandAnswer.Status.RUNNING);
        assertThat(answer(CommandAnswer.Status.ACCEPTED)).isFalse();
        assertThat(command.view().state()).isEqualTo(CommandState.RUNNING);
    }

    @Test
    void anAnswerMayOvertakeTheWordThatItWasSent() {
        answer(CommandAnswer.Status.SUCCEEDED);
        command.sent(NOON, LATER);
        assertThat(command.view().state()).isEqualTo(CommandState.SUCCEEDED);
        assertThat(command.view().sentAt()).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = CommandAnswer.Status.class,
            names = {"ACCEPTED", "RUNNING"})
    void whatTheDeviceNeverFinishesExpires(CommandAnswer.Status status) {
        answer(status);
        command.expire(LATER);
        assertThat(command.view().state()).isEqualTo(CommandState.EXPIRED);
        assertThat(command.view().finishedAt()).isEqualTo(LATER);
    }

    @Test
    void isCalledOffOnlyWhileTheDeviceHasNotAnswered() {
        command.cancel(LATER);
        command.cancel(LATER);
        assertThat(command.view().state()).isEqualTo(CommandState.CANCELLED);

        Command other = new Command(DeviceAddress.of("acme", "pump-17"), "reboot", null, NOON, LATER, null);
        other.answer(new CommandAnswer(CommandAnswer.Status.ACCEPTED, null, null, null), LATER);
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> other.cancel(LATER));
    }

    private boolean answer(CommandAnswer.Status status) {
        return command.answer(new CommandAnswer(status, null, null, null), LATER);
    }
}
