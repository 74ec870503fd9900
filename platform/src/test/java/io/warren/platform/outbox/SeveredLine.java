package io.warren.platform.outbox;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The network between a service and the broker. It carries AMQP 0-9-1 frames both ways until the first of a kind is met; that one,
 * and whatever comes after it in the same direction, is lost.
 */
final class SeveredLine implements AutoCloseable {

    private static final int METHOD_FRAME = 1;
    private static final int PROTOCOL_HEADER_BYTES = 8;

    /** The frame at which the line breaks, by class and method (AMQP 0-9-1, 1.8). */
    enum At {
        /** The service publishes: {@code basic.publish}. */
        PUBLISH(60, 40),
        /** The broker confirms what was published: {@code basic.ack}. */
        CONFIRM(60, 80);

        private final int method;

        At(int classId, int methodId) {
            method = classId << 16 | methodId;
        }

        private boolean isMetBy(int frameType, byte[] payload) {
            return frameType == METHOD_FRAME && ByteBuffer.wrap(payload).getInt() == method;
        }
    }

    private final At breakingPoint;
    private final InetSocketAddress broker;
    private final ServerSocket server;
    private final CountDownLatch severed = new CountDownLatch(1);

    SeveredLine(At breakingPoint, InetSocketAddress broker) throws IOException {
        this.breakingPoint = breakingPoint;
        this.broker = broker;
        server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Waits until the frame has been met; false if it was not in that time. */
    boolean awaitSevered(long seconds) throws InterruptedException {
        return severed.await(seconds, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket near = server.accept();
                Socket far = new Socket(broker.getAddress(), broker.getPort());
                byte[] header = near.getInputStream().readNBytes(PROTOCOL_HEADER_BYTES);
                far.getOutputStream().write(header);
                Thread.ofVirtual().start(() -> carry(near, far));
                Thread.ofVirtual().start(() -> carry(far, near));
            }
        } catch (IOException e) {
            // closed: nobody connects any more
        }
    }

    private void carry(Socket from, Socket to) {
        try (from;
                to) {
            carryFrames(from.getInputStream(), to.getOutputStream());
            from.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // one side has gone, and so does the other
        }
    }

    /** Carries frames up to the breaking point. */
    private void carryFrames(InputStream from, OutputStream to) throws IOException {
        DataInputStream in = new DataInputStream(from);
        DataOutputStream out = new DataOutputStream(to);
        while (true) {
            int type = in.readUnsignedByte();
            int channel = in.readUnsignedShort();
            byte[] payload = new byte[in.readInt()];
            in.readFully(payload);
            int end = in.readUnsignedByte();
            if (breakingPoint.isMetBy(type, payload)) {
                severed.countDown();
                return;
            }
            out.writeByte(type);
            out.writeShort(channel);
            out.writeInt(payload.length);
            out.write(payload);
            out.writeByte(end);
            out.flush();
        }
    }
}
