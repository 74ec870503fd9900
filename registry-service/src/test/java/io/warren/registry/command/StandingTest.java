package io.warren.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.DeviceAddress;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StandingTest {

    private static final Standing SENT = standing(CommandState.SENT, null);

    @ParameterizedTest
    @EnumSource(CommandAnswer.Status.class)
    void anAnswerBringsACommandFurther(CommandAnswer.Status status) {
        CommandAnswer answer = answer(status, null);
        assertThat(SENT.isAdvancedBy(answer)).isTrue();
        assertThat(SENT.advancedBy(answer).state()).isEqualTo(status.state());
    }

    @ParameterizedTest
    @EnumSource(
            value = CommandState.class,
            names = {"SUCCEEDED", "FAILED", "REJECTED", "EXPIRED", "CANCELLED"})
    void whatHasEndedStaysEnded(CommandState end) {
        for (CommandAnswer.Status status : CommandAnswer.Status.values()) {
            assertThat(standing(end, null).isAdvancedBy(answer(status, 100))).isFalse();
        }
    }

    @Test
    void anAnswerThatIsOvertakenDoesNotTurnBack() {
        assertThat(standing(CommandState.RUNNING, null).isAdvancedBy(answer(CommandAnswer.Status.ACCEPTED, null)))
                .isFalse();
    }

    @Test
    void progressOnlyGrows() {
        Standing half = standing(CommandState.RUNNING, 50);
        assertThat(half.isAdvancedBy(answer(CommandAnswer.Status.RUNNING, 40))).isFalse();
        assertThat(half.advancedBy(answer(CommandAnswer.Status.RUNNING, 60)).progress())
                .isEqualTo(60);
        assertThat(half.advancedBy(answer(CommandAnswer.Status.RUNNING, null)).progress())
                .isEqualTo(50);
        assertThat(half.advancedBy(answer(CommandAnswer.Status.FAILED, 10)).progress())
                .isEqualTo(50);
    }

    private static Standing standing(CommandState state, @Nullable Integer progress) {
        return new Standing(
                new UUID(0, 1), DeviceAddress.of("acme", "pump-17"), "reboot", null, state, progress, null, null);
    }

    private static CommandAnswer answer(CommandAnswer.Status status, @Nullable Integer progress) {
        return new CommandAnswer(status, progress, null, null);
    }
}
