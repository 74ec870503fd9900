package io.warren.registry.messagegateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import javax.net.ssl.SSLContext;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.BroadcastSm;
import org.jsmpp.bean.CancelBroadcastSm;
import org.jsmpp.bean.CancelSm;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.QueryBroadcastSm;
import org.jsmpp.bean.QuerySm;
import org.jsmpp.bean.ReplaceSm;
import org.jsmpp.bean.SubmitMulti;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.BindRequest;
import org.jsmpp.session.BroadcastSmResult;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.QueryBroadcastSmResult;
import org.jsmpp.session.QuerySmResult;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.ServerMessageReceiverListener;
import org.jsmpp.session.Session;
import org.jsmpp.session.SubmitMultiResult;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.session.connection.socket.SocketConnection;
import org.jsmpp.util.MessageId;
import org.jspecify.annotations.Nullable;

/** A message centre that speaks SMPP, made of jSMPP's own: it lets in who knows the password, and takes what it is told to. */
public final class MessageCentre implements ServerMessageReceiverListener, AutoCloseable {

    /** What it wants to hear at a bind. */
    public static final String SYSTEM_ID = "warren";

    /** What it wants to hear at a bind. */
    public static final String PASSWORD = "pa55word";

    private final List<SubmitSm> messages = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger binds = new AtomicInteger();
    private final AtomicInteger submits = new AtomicInteger();
    private final ServerSocket server;
    private final IntUnaryOperator status;

    /**
     * A message centre on loopback.
     *
     * @param tls what it shows; if absent, it speaks without TLS
     * @param status what the first, second, … message is answered with
     */
    public MessageCentre(@Nullable SSLContext tls, IntUnaryOperator status) {
        this.status = status;
        try {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            server = tls == null
                    ? new ServerSocket(0, 50, loopback)
                    : tls.getServerSocketFactory().createServerSocket(0, 50, loopback);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Its port. */
    public int port() {
        return server.getLocalPort();
    }

    /** The messages that it has taken. */
    public List<SubmitSm> messages() {
        return messages;
    }

    /** The text of a message. */
    public static String text(SubmitSm message) {
        return new String(message.getShortMessage(), StandardCharsets.US_ASCII);
    }

    int binds() {
        return binds.get();
    }

    /** Cuts off whoever is connected. */
    void cutOff() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cutOff();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try {
            SMPPServerSession session =
                    new SMPPServerSession(new SocketConnection(socket), (_, _, _) -> {}, this, null, 3, 100);
            BindRequest bind = session.waitForBind(5_000);
            if (bind.getSystemId().equals(SYSTEM_ID) && bind.getPassword().equals(PASSWORD)) {
                binds.incrementAndGet();
                bind.accept("centre");
            } else {
                bind.reject(SMPPConstant.STAT_ESME_RINVPASWD);
            }
        } catch (IOException | TimeoutException | PDUStringException e) {
            // whoever it was is gone
        }
    }

    @Override
    public SubmitSmResult onAcceptSubmitSm(SubmitSm message, SMPPServerSession source) throws ProcessRequestException {
        int answer = status.applyAsInt(submits.incrementAndGet());
        if (answer != SMPPConstant.STAT_ESME_ROK) {
            throw new ProcessRequestException("as the test wants it", answer);
        }
        messages.add(message);
        try {
            return new SubmitSmResult(new MessageId("%08x".formatted(messages.size())), null);
        } catch (PDUStringException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public SubmitMultiResult onAcceptSubmitMulti(SubmitMulti message, SMPPServerSession source)
            throws ProcessRequestException {
        throw unknown();
    }

    @Override
    public QuerySmResult onAcceptQuerySm(QuerySm query, SMPPServerSession source) throws ProcessRequestException {
        throw unknown();
    }

    @Override
    public void onAcceptReplaceSm(ReplaceSm message, SMPPServerSession source) throws ProcessRequestException {
        throw unknown();
    }

    @Override
    public void onAcceptCancelSm(CancelSm message, SMPPServerSession source) throws ProcessRequestException {
        throw unknown();
    }

    @Override
    public BroadcastSmResult onAcceptBroadcastSm(BroadcastSm message, SMPPServerSession source)
            throws ProcessRequestException {
        throw unknown();
    }

    @Override
    public void onAcceptCancelBroadcastSm(CancelBroadcastSm message, SMPPServerSession source)
            throws ProcessRequestException {
        throw unknown();
    }

    @Override
    public QueryBroadcastSmResult onAcceptQueryBroadcastSm(QueryBroadcastSm query, SMPPServerSession source)
            throws ProcessRequestException {
        throw unknown();
    }

    @Override
    public DataSmResult onAcceptDataSm(DataSm message, Session source) throws ProcessRequestException {
        throw unknown();
    }

    private static ProcessRequestException unknown() {
        return new ProcessRequestException("only messages are taken", SMPPConstant.STAT_ESME_RINVCMDID);
    }
}
