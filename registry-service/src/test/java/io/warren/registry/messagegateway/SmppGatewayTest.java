package io.warren.registry.messagegateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.webhook.Network;
import io.warren.platform.webhook.ReachableAddresses;
import io.warren.platform.webhook.TrustedAuthorities;
import io.warren.registry.messagegateway.SmppSessions.Login;
import io.warren.testing.tls.TestCertificate;
import java.io.IOException;
import java.util.List;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.SubmitSm;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmppGatewayTest {

    private static final TestCertificate CERTIFICATE = TestCertificate.generate();
    private static final String TEXT =
            "WRN1 1795276800 1f2e3d4c5b6a7988 efad566f76ab8336221df919e0ff2576 00000000000000000000000000000000";
    private static final WakeUpMessage MESSAGE = new WakeUpMessage(
            DeviceAddress.of("acme", "pump-17"), "+33612345678", TEXT, "1f2e3d4c5b6a7988", 1_795_276_800);

    private @Nullable MessageCentre centre;
    private @Nullable SmppSessions sessions;

    @AfterEach
    void close() throws IOException {
        if (sessions != null) {
            sessions.close();
        }
        if (centre != null) {
            centre.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMessageIsSubmittedAsItIsWithAndWithoutTls(boolean tls) {
        MessageCentre there = centre(tls, SMPPConstant.STAT_ESME_ROK);
        SmppGateway gateway = gateway(there, tls, MessageCentre.PASSWORD, "127.0.0.0/8", "::1/128");
        assertThat(gateway.send(MESSAGE)).isInstanceOf(Handover.Taken.class);
        assertThat(gateway.send(MESSAGE)).isInstanceOf(Handover.Taken.class);

        assertThat(there.binds()).as("a session is kept").isEqualTo(1);
        SubmitSm message = there.messages().getFirst();
        assertThat(MessageCentre.text(message)).isEqualTo(TEXT);
        assertThat(message.getDataCoding()).isZero();
        assertThat(message.getDestAddress()).isEqualTo("33612345678");
        assertThat(message.getDestAddrTon()).isEqualTo((byte) 1);
        assertThat(message.getSourceAddr()).isEqualTo("12345");
        assertThat(message.getSourceAddrTon()).isEqualTo((byte) 3);
        assertThat(message.getValidityPeriod()).isEqualTo("000000010000000R");
    }

    @Test
    void whoIsCutOffConnectsAgain() throws IOException {
        MessageCentre there = centre(false, SMPPConstant.STAT_ESME_ROK);
        SmppGateway gateway = gateway(there, false, MessageCentre.PASSWORD, "127.0.0.0/8", "::1/128");
        assertThat(gateway.send(MESSAGE)).isInstanceOf(Handover.Taken.class);
        there.cutOff();
        Handover first = gateway.send(MESSAGE);
        Handover second = gateway.send(MESSAGE);
        assertThat(List.of(first, second)).hasAtLeastOneElementOfType(Handover.Taken.class);
        assertThat(there.binds()).isEqualTo(2);
    }

    @Test
    void whoIsThrottledWaits() {
        SmppGateway gateway = gateway(
                centre(false, SMPPConstant.STAT_ESME_RTHROTTLED),
                false,
                MessageCentre.PASSWORD,
                "127.0.0.0/8",
                "::1/128");
        assertThat(gateway.send(MESSAGE)).isInstanceOf(Handover.Busy.class);
    }

    @Test
    void aNumberThatTheMessageCentreDoesNotKnowIsRefused() {
        SmppGateway gateway = gateway(
                centre(false, SMPPConstant.STAT_ESME_RINVDSTADR),
                false,
                MessageCentre.PASSWORD,
                "127.0.0.0/8",
                "::1/128");
        assertThat(gateway.send(MESSAGE)).isEqualTo(new Handover.Refused("the message centre answered 0x0000000B"));
        assertThat(gateway.send(new WakeUpMessage(MESSAGE.device(), "none", TEXT, "", 0)))
                .isInstanceOf(Handover.Refused.class);
    }

    @Test
    void aWrongPasswordIsTheChannelsFault() {
        SmppGateway gateway =
                gateway(centre(false, SMPPConstant.STAT_ESME_ROK), false, "wrong", "127.0.0.0/8", "::1/128");
        assertThat(gateway.send(MESSAGE)).isEqualTo(new Handover.Broken("the bind was refused with 0x0000000E"));
    }

    @Test
    void aCertificateThatNobodyTrustsIsNotBelieved() {
        MessageCentre there = new MessageCentre(TestCertificate.generate().server(), _ -> 0);
        centre = there;
        SmppGateway gateway = gateway(there, true, MessageCentre.PASSWORD, "127.0.0.0/8", "::1/128");
        assertThat(gateway.send(MESSAGE)).isInstanceOf(Handover.Broken.class);
        assertThat(there.binds()).isZero();
    }

    @Test
    void aPrivateAddressIsNotConnectedTo() {
        MessageCentre there = centre(false, SMPPConstant.STAT_ESME_ROK);
        assertThat(gateway(there, false, MessageCentre.PASSWORD).send(MESSAGE))
                .isEqualTo(new Handover.Broken("the host has no address that may be connected to"));
        assertThat(there.binds()).isZero();
    }

    private MessageCentre centre(boolean tls, int status) {
        MessageCentre made = new MessageCentre(tls ? CERTIFICATE.server() : null, _ -> status);
        centre = made;
        return made;
    }

    private SmppGateway gateway(MessageCentre there, boolean tls, String password, String... allowed) {
        SmppSessions made = new SmppSessions(new SmppConnections(
                new ReachableAddresses(
                        List.of(allowed).stream().map(Network::new).toList()),
                TrustedAuthorities.of(CERTIFICATE.certificate())));
        sessions = made;
        Smpp smpp = new Smpp("localhost", there.port(), tls, MessageCentre.SYSTEM_ID, null, null, "12345", 3, 1);
        return new SmppGateway(new Login("acme/sms", smpp, password), 10, made);
    }
}
