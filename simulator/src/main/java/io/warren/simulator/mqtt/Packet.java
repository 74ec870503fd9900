package io.warren.simulator.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A control packet of MQTT 5.0 as it stands on the wire, and the three that a publisher writes. The choice is 5.0 because only
 * its PUBACK tells a refused message from a stored one.
 *
 * @param type the packet type of section 2.1.2
 * @param body variable header and payload
 */
record Packet(int type, int flags, ByteBuffer body) {

    static final int CONNACK = 2;
    static final int PUBLISH = 3;
    static final int PUBACK = 4;
    static final int SUBACK = 9;
    static final int DISCONNECT = 14;

    /** The least reason code that means a failure (section 2.4). */
    static final int FAILURE = 0x80;

    private static final int FIRST_BYTE_CONNECT = 0x10;
    private static final int FIRST_BYTE_PUBLISH_QOS_1 = 0x32;
    private static final int FIRST_BYTE_PUBACK = 0x40;
    private static final int FIRST_BYTE_SUBSCRIBE = 0x82;
    private static final int FIRST_BYTE_DISCONNECT = 0xE0;

    private static final byte[] PROTOCOL = {0, 4, 'M', 'Q', 'T', 'T', 5};
    private static final byte USERNAME_PASSWORD_CLEAN_START = (byte) 0xC2;
    private static final short NO_KEEP_ALIVE = 0;
    private static final byte NO_PROPERTIES = 0;

    /** Takes the next whole packet; null, with the buffer as it was, when more bytes have to come first. */
    static @Nullable Packet read(ByteBuffer in) throws MqttException {
        int start = in.position();
        if (in.remaining() >= 2) {
            int first = in.get();
            int length = readLength(in);
            if (length >= 0 && length <= in.remaining()) {
                ByteBuffer body = in.slice(in.position(), length);
                in.position(in.position() + length);
                return new Packet((first & 0xF0) >> 4, first & 0x0F, body);
            }
        }
        in.position(start);
        return null;
    }

    /** Reads a variable byte integer (section 1.5.5); negative when it is not complete yet. */
    static int readLength(ByteBuffer in) throws MqttException {
        int value = 0;
        for (int shift = 0; shift < 28; shift += 7) {
            if (!in.hasRemaining()) {
                return -1;
            }
            int digit = in.get();
            value |= (digit & 0x7F) << shift;
            if (digit >= 0) {
                return value;
            }
        }
        throw new MqttException("a length of more than four bytes");
    }

    static void writeLength(ByteBuffer out, int length) {
        int rest = length;
        while (rest > 0x7F) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    /** CONNECT with a clean start; no keep-alive, so that an idle connection sends nothing. */
    static void writeConnect(ByteBuffer out, MqttLogin login) {
        byte[] clientId = login.clientId().getBytes(UTF_8);
        byte[] username = login.username().getBytes(UTF_8);
        byte[] password = login.password().getBytes(UTF_8);
        out.put((byte) FIRST_BYTE_CONNECT);
        writeLength(out, PROTOCOL.length + 4 + 2 + clientId.length + 2 + username.length + 2 + password.length);
        out.put(PROTOCOL);
        out.put(USERNAME_PASSWORD_CLEAN_START).putShort(NO_KEEP_ALIVE).put(NO_PROPERTIES);
        writeBytes(out, clientId);
        writeBytes(out, username);
        writeBytes(out, password);
    }

    /** PUBLISH at QoS 1. */
    static void writePublish(ByteBuffer out, byte[] topic, int id, ByteBuffer body) {
        out.put((byte) FIRST_BYTE_PUBLISH_QOS_1);
        writeLength(out, 2 + topic.length + 2 + 1 + body.remaining());
        writeBytes(out, topic);
        out.putShort((short) id).put(NO_PROPERTIES).put(body);
    }

    /** PUBACK of a message that has come. */
    static void writePuback(ByteBuffer out, int id) {
        out.put((byte) FIRST_BYTE_PUBACK).put((byte) 2).putShort((short) id);
    }

    /** SUBSCRIBE to one filter at QoS 1. */
    static void writeSubscribe(ByteBuffer out, int id, byte[] filter) {
        out.put((byte) FIRST_BYTE_SUBSCRIBE);
        writeLength(out, 2 + 1 + 2 + filter.length + 1);
        out.putShort((short) id).put(NO_PROPERTIES);
        writeBytes(out, filter);
        out.put((byte) 1);
    }

    static void writeDisconnect(ByteBuffer out) {
        out.put((byte) FIRST_BYTE_DISCONNECT).put((byte) 0);
    }

    private static void writeBytes(ByteBuffer out, byte[] bytes) {
        out.putShort((short) bytes.length).put(bytes);
    }

    /** The packet id of a PUBACK. */
    int id() throws MqttException {
        require(2);
        return Short.toUnsignedInt(body.getShort(0));
    }

    /** The reason code: of a PUBACK or DISCONNECT that leaves it out it is 0, success. */
    int reason() throws MqttException {
        int at = switch (type) {
            case CONNACK -> 1;
            case PUBACK -> 2;
            case SUBACK -> 3;
            default -> 0;
        };
        if (type == CONNACK) {
            require(2);
        }
        return body.limit() > at ? Byte.toUnsignedInt(body.get(at)) : 0;
    }

    /** The parts of a PUBLISH. */
    Message message() throws MqttException {
        require(2);
        ByteBuffer rest = body.duplicate();
        byte[] topic = new byte[Short.toUnsignedInt(rest.getShort())];
        require(2 + topic.length + 3);
        rest.get(topic);
        int qos = (flags >> 1) & 3;
        int id = qos == 0 ? 0 : Short.toUnsignedInt(rest.getShort());
        int properties = readLength(rest);
        if (properties < 0 || properties > rest.remaining()) {
            throw new MqttException("a PUBLISH that is cut off");
        }
        rest.position(rest.position() + properties);
        return new Message(new String(topic, UTF_8), id, rest.slice());
    }

    /**
     * A message that has come.
     *
     * @param id by which it is acknowledged; 0 if it is not
     */
    record Message(String topic, int id, ByteBuffer body) {}

    private void require(int bytes) throws MqttException {
        if (body.limit() < bytes) {
            throw new MqttException("a packet of type %d with only %d bytes".formatted(type, body.limit()));
        }
    }
}
