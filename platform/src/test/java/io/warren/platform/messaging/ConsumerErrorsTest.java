package io.warren.platform.messaging;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.amqp.AmqpConnectException;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.AmqpIOException;
import org.springframework.amqp.AmqpRejectAndDontRequeueException;
import org.springframework.amqp.AmqpTimeoutException;
import org.springframework.amqp.ImmediateRequeueAmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.listener.ListenerExecutionFailedException;

class ConsumerErrorsTest {

    private final ConsumerErrors errors = new ConsumerErrors();

    @ParameterizedTest
    @MethodSource("failuresOfTheBroker")
    void aMessageWhoseAnswerTheBrokerDoesNotTakeNowWaits(AmqpException failure) {
        assertThatExceptionOfType(ImmediateRequeueAmqpException.class)
                .isThrownBy(() -> errors.handleError(thrownByAListener(failure)));
    }

    @Test
    void aMessageWaitsForADatabaseThatIsBeingStopped() {
        assertThatExceptionOfType(ImmediateRequeueAmqpException.class)
                .isThrownBy(() -> errors.handleError(
                        thrownByAListener(new IllegalStateException(new SQLException("inside", "57P01")))));
    }

    @Test
    void aMessageThatCannotBeHandledIsSetAside() {
        assertThatExceptionOfType(AmqpRejectAndDontRequeueException.class)
                .isThrownBy(() -> errors.handleError(thrownByAListener(new IllegalStateException("never seen one"))));
    }

    private static Stream<AmqpException> failuresOfTheBroker() {
        return Stream.of(
                new AmqpTimeoutException("not confirmed"),
                new AmqpConnectException(new ConnectException("refused")),
                new AmqpIOException(new IOException("broken off")));
    }

    private static Throwable thrownByAListener(Throwable failure) {
        return new ListenerExecutionFailedException("listener", failure, new Message(new byte[0]));
    }
}
