package io.warren.registry.messagegateway;

import io.warren.platform.webhook.ReachableAddresses;
import io.warren.registry.messagegateway.SmppSessions.Login;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.GeneralDataCoding;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.SMPPSession;

/** Submits short messages to a message centre over SMPP 3.4. */
final class SmppGateway implements MessageGateway {

    private static final Pattern NUMBER = Pattern.compile("\\+?([0-9]{5,15})");
    private static final Duration PAUSE = Duration.ofSeconds(10);

    /** For how long the message centre keeps a message for a telephone that is off: an hour from now (section 7.1.1.2). */
    private static final String VALIDITY = "000000010000000R";

    private static final byte DO_NOT_REPLACE = 0;
    private static final byte NO_PREDEFINED_MESSAGE = 0;

    private final ReentrantLock binding = new ReentrantLock();
    private final Login login;
    private final int messagesPerSecond;
    private final SmppSessions sessions;

    SmppGateway(Login login, int messagesPerSecond, SmppSessions sessions) {
        this.login = login;
        this.messagesPerSecond = messagesPerSecond;
        this.sessions = sessions;
    }

    @Override
    public Handover send(WakeUpMessage message) {
        var number = NUMBER.matcher(message.address());
        if (!number.matches()) {
            return new Handover.Refused("the device's number is no international telephone number");
        }
        SMPPSession session;
        try {
            session = session();
        } catch (ReachableAddresses.NotReachable e) {
            return new Handover.Broken("the host has no address that may be connected to");
        } catch (IOException e) {
            return new Handover.Broken(
                    e.getCause() instanceof NegativeResponseException refused
                            ? "the bind was refused with " + hex(refused.getCommandStatus())
                            : "no connection: " + e.getClass().getSimpleName());
        }
        try {
            submit(session, number.group(1), message.text());
            return new Handover.Taken();
        } catch (NegativeResponseException e) {
            return answered(session, e.getCommandStatus());
        } catch (ResponseTimeoutException e) {
            return broken(session, "no answer in time");
        } catch (PDUException | InvalidResponseException e) {
            return broken(session, "what was said is not SMPP");
        } catch (IOException e) {
            return broken(session, "the connection was lost: " + e.getClass().getSimpleName());
        }
    }

    @Override
    public int messagesPerSecond() {
        return messagesPerSecond;
    }

    @Override
    public String kind() {
        return Smpp.KIND;
    }

    /** One at a time, or each of several messages would open a session. */
    private SMPPSession session() throws IOException {
        binding.lock();
        try {
            return sessions.of(login);
        } finally {
            binding.unlock();
        }
    }

    /** In the default alphabet: of what is in a text, GSM and ASCII have the same codes. */
    private void submit(SMPPSession session, String number, String text)
            throws PDUException, ResponseTimeoutException, InvalidResponseException, NegativeResponseException,
                    IOException {
        Smpp smpp = login.smpp();
        session.submitShortMessage(
                "",
                TypeOfNumber.valueOf(smpp.sourceTon().byteValue()),
                NumberingPlanIndicator.valueOf(smpp.sourceNpi().byteValue()),
                Objects.requireNonNullElse(smpp.sourceAddress(), ""),
                TypeOfNumber.INTERNATIONAL,
                NumberingPlanIndicator.ISDN,
                number,
                new ESMClass(),
                (byte) 0,
                (byte) 0,
                null,
                VALIDITY,
                new RegisteredDelivery(),
                DO_NOT_REPLACE,
                GeneralDataCoding.DEFAULT,
                NO_PREDEFINED_MESSAGE,
                text.getBytes(StandardCharsets.US_ASCII));
    }

    private Handover answered(SMPPSession session, int status) {
        return switch (status) {
            case SMPPConstant.STAT_ESME_RTHROTTLED, SMPPConstant.STAT_ESME_RMSGQFUL -> new Handover.Busy(PAUSE);
            case SMPPConstant.STAT_ESME_RSYSERR, SMPPConstant.STAT_ESME_RINVBNDSTS ->
                broken(session, "the message centre answered " + hex(status));
            default -> new Handover.Refused("the message centre answered " + hex(status));
        };
    }

    private Handover broken(SMPPSession session, String reason) {
        sessions.forget(login, session);
        return new Handover.Broken(reason);
    }

    private static String hex(int status) {
        return "0x%08X".formatted(status);
    }
}
