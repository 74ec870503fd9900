package io.warren.simulator.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One client of the broker. Everything in it belongs to its loop's thread; outside it is a handle to make a {@link Load} of. */
public final class MqttConnection {

    private static final int RECEIVE_BUFFER = 4096;
    private static final int SEND_BUFFER = 8 * 1024;

    /** What a PUBLISH may need besides its body: fixed header, topic of up to 200 bytes, id, properties. */
    private static final int MAX_PUBLISH = Traffic.MAX_BODY + 256;

    private static final int SUBSCRIPTION = 0xFFFF;
    private static final int FIRST_REPLY = 0x8000;

    private final MqttLogin login;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final CompletableFuture<MqttConnection> connected = new CompletableFuture<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(RECEIVE_BUFFER);
    private final ByteBuffer out = ByteBuffer.allocateDirect(SEND_BUFFER);
    private final ByteBuffer body = ByteBuffer.allocate(Traffic.MAX_BODY);

    /** The packet ids in flight, from 1 to the window: the set is the window. */
    private final BitSet inFlight = new BitSet();

    /** The same for replies, whose packet ids begin behind those of any window. */
    private final BitSet repliesInFlight = new BitSet();

    private final Deque<Receiver.Reply> replies = new ArrayDeque<>();
    private final CompletableFuture<MqttConnection> subscribed = new CompletableFuture<>();

    private @Nullable Receiver receiver;
    private @Nullable Load load;
    private @Nullable Traffic traffic;
    private int window;
    private long credit;

    MqttConnection(MqttLogin login, SocketChannel channel, SelectionKey key) {
        this.login = login;
        this.channel = channel;
        this.key = key;
    }

    /** Completes when the broker has accepted the login, or with why it did not. */
    CompletableFuture<MqttConnection> connected() {
        return connected;
    }

    /** Opens the connection; on loopback it can be there at once. */
    void connect(InetSocketAddress broker) {
        try {
            if (channel.connect(broker)) {
                introduce();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Does what the socket is ready for. */
    void ready() {
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                introduce();
            }
            if (key.isReadable()) {
                receive();
            }
            publish();
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Subscribes to a filter. */
    void subscribe(String filter, Receiver newReceiver) {
        receiver = newReceiver;
        Packet.writeSubscribe(out, SUBSCRIPTION, filter.getBytes(UTF_8));
        try {
            flush();
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Completes when the broker has agreed to a subscription, or with why it did not. */
    CompletableFuture<MqttConnection> subscribed() {
        return subscribed;
    }

    /** Begins to publish for a load; each message needs a credit. */
    void join(Load newLoad, Traffic newTraffic, int newWindow) {
        load = newLoad;
        traffic = newTraffic;
        window = newWindow;
        credit = 0;
    }

    /** Allows so many more messages. */
    void allow(long messages) {
        credit += messages;
        try {
            publish();
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Takes back what credit is left: from now on the connection only waits for acknowledgements. */
    void revoke() {
        credit = 0;
    }

    /** Leaves the broker. */
    void disconnect() {
        try (channel) {
            Packet.writeDisconnect(out);
            flush();
        } catch (IOException ignored) {
            // it is leaving anyway
        }
    }

    private void introduce() throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        Packet.writeConnect(out, login);
        flush();
    }

    private void publish() throws IOException {
        if (load != null && traffic != null && connected.isDone()) {
            int id;
            while (credit > 0 && (id = inFlight.nextClearBit(1)) <= window && out.remaining() >= MAX_PUBLISH) {
                traffic.next(body.clear());
                Packet.writePublish(out, traffic.topic(), id, body.flip());
                inFlight.set(id);
                credit--;
                load.sent();
            }
        }
        while (!replies.isEmpty() && out.remaining() >= MAX_PUBLISH) {
            Receiver.Reply reply = replies.remove();
            int id = repliesInFlight.nextClearBit(FIRST_REPLY);
            Packet.writePublish(out, reply.topic().getBytes(UTF_8), id, UTF_8.encode(reply.body()));
            repliesInFlight.set(id);
        }
        flush();
    }

    private void flush() throws IOException {
        if (!key.isValid()) {
            throw new ClosedChannelException();
        }
        if (out.position() > 0) {
            channel.write(out.flip());
            out.compact();
        }
        key.interestOps(out.position() > 0 ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    private void receive() throws IOException {
        if (channel.read(in) < 0) {
            throw new MqttException("the broker closed the connection");
        }
        in.flip();
        for (Packet packet = Packet.read(in); packet != null; packet = Packet.read(in)) {
            accept(packet);
        }
        in.compact();
        if (!in.hasRemaining()) {
            throw new MqttException("a packet of more than %d bytes".formatted(RECEIVE_BUFFER));
        }
    }

    private void accept(Packet packet) throws MqttException {
        int reason = packet.reason();
        switch (packet.type()) {
            case Packet.CONNACK -> {
                if (reason >= Packet.FAILURE) {
                    throw new MqttException("the broker refused the login with reason 0x%02X".formatted(reason));
                }
                connected.complete(this);
            }
            case Packet.PUBACK -> acknowledged(packet.id(), reason);
            case Packet.SUBACK -> {
                if (reason >= Packet.FAILURE) {
                    throw new MqttException("the broker refused a subscription with reason 0x%02X".formatted(reason));
                }
                subscribed.complete(this);
            }
            case Packet.PUBLISH -> received(packet.message());
            case Packet.DISCONNECT ->
                throw new MqttException("the broker ended the connection with reason 0x%02X".formatted(reason));
            default -> throw new MqttException("an unexpected packet of type " + packet.type());
        }
    }

    private void received(Packet.Message message) throws MqttException {
        if (receiver == null) {
            throw new MqttException("a message without a subscription");
        }
        Receiver.Reply reply = receiver.receive(message.topic(), message.body());
        if (message.id() != 0) {
            Packet.writePuback(out, message.id());
        }
        if (reply != null) {
            replies.add(reply);
        }
    }

    private void acknowledged(int id, int reason) throws MqttException {
        if (id >= FIRST_REPLY) {
            repliesInFlight.clear(id);
            return;
        }
        if (load == null || !inFlight.get(id)) {
            throw new MqttException("an acknowledgement of a message that is not in flight");
        }
        inFlight.clear(id);
        load.answered(reason < Packet.FAILURE);
    }

    private void fail(IOException cause) {
        try {
            channel.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        credit = 0;
        subscribed.completeExceptionally(cause);
        if (!connected.completeExceptionally(cause) && load != null) {
            load.lost(cause);
        }
    }

    @Override
    public String toString() {
        return login.toString();
    }
}
