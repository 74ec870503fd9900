package io.warren.simulator.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the byte examples of the OASIS standard MQTT 5.0. */
class PacketTest {

    private final ByteBuffer out = ByteBuffer.allocate(512);

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "0, 00",
        "127, 7f",
        "128, 8001",
        "16383, ff7f",
        "16384, 808001",
        "2097151, ffff7f",
        "2097152, 80808001",
        "268435455, ffffff7f"
    })
    void lengthsAreThoseOfTable1(int length, String bytes) throws MqttException {
        Packet.writeLength(out, length);

        assertThat(written()).isEqualTo(bytes);
        assertThat(Packet.readLength(bytes(bytes))).isEqualTo(length);
    }

    @Test
    void aLengthOfFiveBytesIsMalformed() {
        assertThatThrownBy(() -> Packet.readLength(bytes("8080808001"))).isInstanceOf(MqttException.class);
    }

    @Test
    void textIsUtf8WithItsLengthAsInFigure11() {
        Packet.writeConnect(out, new MqttLogin("A\uD869\uDED4", "", ""));

        assertThat(written()).endsWith("000541f0aa9b94" + "0000" + "0000");
    }

    @Test
    void connectNamesProtocolFiveAndStartsClean() {
        Packet.writeConnect(out, new MqttLogin("a@t", "a@t", "pw"));

        assertThat(written())
                .isEqualTo("10" + "19" + "00044d515454" + "05" + "c2" + "0000" + "00" + "0003614074" + "0003614074"
                        + "00027077");
    }

    @Test
    void subscribeAsksForOneFilterAtQos1() {
        Packet.writeSubscribe(out, 10, "a/#".getBytes(StandardCharsets.UTF_8));

        assertThat(written()).isEqualTo("82" + "09" + "000a" + "00" + "0003612f23" + "01");
    }

    @Test
    void publishHasTheVariableHeaderOfFigure39() {
        Packet.writePublish(out, "a/b".getBytes(StandardCharsets.UTF_8), 10, bytes("2a"));

        assertThat(written()).isEqualTo("32" + "09" + "0003612f62000a00" + "2a");
    }

    @Test
    void disconnectIsTwoBytes() {
        Packet.writeDisconnect(out);

        assertThat(written()).isEqualTo("e000");
    }

    @Test
    void aShortPubackMeansSuccess() throws MqttException {
        Packet packet = read(bytes("4002ffff"));

        assertThat(packet.type()).isEqualTo(Packet.PUBACK);
        assertThat(packet.id()).isEqualTo(65535);
        assertThat(packet.reason()).isZero();
    }

    @Test
    void aLongPubackCarriesItsReason() throws MqttException {
        Packet packet = read(bytes("4004000a9700"));

        assertThat(packet.id()).isEqualTo(10);
        assertThat(packet.reason()).isEqualTo(0x97);
    }

    @Test
    void connackCarriesItsReasonAfterTheFlags() throws MqttException {
        assertThat(read(bytes("2003008700")).reason()).isEqualTo(0x87);
    }

    @Test
    void aTruncatedConnackIsMalformed() throws MqttException {
        Packet packet = read(bytes("200100"));

        assertThatThrownBy(packet::reason).isInstanceOf(MqttException.class);
    }

    @Test
    void aPacketIsTakenOnlyWhenItIsWhole() throws MqttException {
        ByteBuffer whole = bytes("40020001" + "40020002");
        for (int length = 0; length < 4; length++) {
            ByteBuffer part = whole.slice(0, length);
            assertThat(Packet.read(part)).isNull();
            assertThat(part.position()).isZero();
        }

        assertThat(read(whole).id()).isEqualTo(1);
        assertThat(read(whole).id()).isEqualTo(2);
        assertThat(whole.hasRemaining()).isFalse();
    }

    private static Packet read(ByteBuffer in) throws MqttException {
        @Nullable Packet packet = Packet.read(in);
        assertThat(packet).isNotNull();
        return packet;
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    private String written() {
        return HexFormat.of().formatHex(out.array(), 0, out.position());
    }
}
