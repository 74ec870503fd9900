package io.warren.registry.messagegateway;

import io.warren.platform.webhook.ReachableAddresses;
import io.warren.platform.webhook.TrustedAuthorities;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jsmpp.session.connection.Connection;
import org.jsmpp.session.connection.ConnectionFactory;
import org.jsmpp.session.connection.socket.SocketConnection;
import org.springframework.stereotype.Component;

/** Connections for SMPP, with or without TLS, to reachable addresses only. */
@Component
class SmppConnections {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int SILENCE_MILLIS = 10_000;
    private static final int MOST_ADDRESSES = 2;

    private final ReachableAddresses addresses;
    private final TrustedAuthorities authorities;

    SmppConnections(ReachableAddresses addresses, TrustedAuthorities authorities) {
        this.addresses = addresses;
        this.authorities = authorities;
    }

    ConnectionFactory factory(boolean withTls) {
        return (host, port) -> withTls ? secured(connect(host, port), host, port) : connection(connect(host, port));
    }

    private Socket connect(String host, int port) throws IOException {
        InetAddress[] reachable = addresses.resolve(host);
        int last = Math.min(reachable.length, MOST_ADDRESSES) - 1;
        for (int i = 0; ; i++) {
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(reachable[i], port), CONNECT_MILLIS);
                socket.setTcpNoDelay(true);
                return socket;
            } catch (IOException e) {
                socket.close();
                if (i == last) {
                    throw e;
                }
            }
        }
    }

    private Connection secured(Socket socket, String host, int port) throws IOException {
        try {
            SSLSocket secured =
                    (SSLSocket) authorities.context().getSocketFactory().createSocket(socket, host, port, true);
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the certificate must be the host's
            secured.setSSLParameters(parameters);
            secured.setSoTimeout(SILENCE_MILLIS);
            secured.startHandshake();
            return connection(secured);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Connection connection(Socket socket) throws IOException {
        return new SocketConnection(socket);
    }
}
