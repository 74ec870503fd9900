package io.warren.simulator.mqtt;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The least broker there can be: it accepts every login and answers every PUBLISH with the given reason, a byte at a time. */
final class Peer implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    /** A PUBLISH of "hi" to a/b at QoS 1 with the id 7 and a message expiry interval of one hour. */
    private static final String A_MESSAGE = "320f" + "0003612f62" + "0007" + "05" + "0200000e10" + "6869";

    private final int loginReason;
    private final int publishReason;
    final List<String> bodies = new CopyOnWriteArrayList<>();
    final List<Integer> acknowledged = new CopyOnWriteArrayList<>();
    volatile boolean answering = true;

    Peer(int loginReason, int publishReason) throws IOException {
        this.loginReason = loginReason;
        this.publishReason = publishReason;
        Thread.startVirtualThread(this::accept);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.startVirtualThread(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                int type = in.readUnsignedByte() >> 4;
                byte[] packet = in.readNBytes(readLength(in));
                if (type == 1) {
                    dribble(socket.getOutputStream(), "200300%02x00".formatted(loginReason));
                } else if (type == 3) {
                    int topic = ByteBuffer.wrap(packet).getShort(0);
                    int id = Short.toUnsignedInt(ByteBuffer.wrap(packet).getShort(2 + topic));
                    bodies.add(new String(packet, 5 + topic, packet.length - 5 - topic, StandardCharsets.UTF_8));
                    if (answering) {
                        dribble(socket.getOutputStream(), "4003%04x%02x".formatted(id, publishReason));
                    }
                } else if (type == 4) {
                    acknowledged.add(Short.toUnsignedInt(ByteBuffer.wrap(packet).getShort(0)));
                } else if (type == 8) {
                    dribble(
                            socket.getOutputStream(),
                            "9004%04x0001".formatted(ByteBuffer.wrap(packet).getShort(0)));
                    dribble(socket.getOutputStream(), A_MESSAGE);
                } else {
                    return;
                }
            }
        } catch (IOException e) {
            // gone
        }
    }

    private static int readLength(DataInputStream in) throws IOException {
        int length = 0;
        int digit;
        int shift = 0;
        do {
            digit = in.readUnsignedByte();
            length |= (digit & 0x7F) << shift;
            shift += 7;
        } while (digit > 0x7F);
        return length;
    }

    private static void dribble(OutputStream out, String hex) throws IOException {
        for (byte b : HexFormat.of().parseHex(hex)) {
            out.write(b);
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
