package io.warren.telemetry.broker;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.boot.amqp.autoconfigure.RabbitConnectionDetails;
import org.springframework.stereotype.Component;

/**
 * Connects to the broker that is configured for the whole service, for those who have many messages to take or to give: with the
 * plain client, which costs least per message, and each apart, since the broker holds back connections that publish.
 */
@Component
public class PlainConnections {

    /** Generous: while the database is away and memory is full, answers are not read. */
    private static final int ANSWER_TIMEOUT_MILLIS = 30_000;

    private final ConnectionFactory factory;
    private final List<Address> addresses;

    /** Connections to the broker that the service's own factory knows. */
    public PlainConnections(CachingConnectionFactory shared, RabbitConnectionDetails details) {
        factory = shared.getRabbitConnectionFactory().clone();
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setChannelRpcTimeout(ANSWER_TIMEOUT_MILLIS);
        addresses = details.getAddresses().stream()
                .map(address -> new Address(address.host(), address.port()))
                .toList();
    }

    /**
     * Opens a connection, on whose own thread messages are handed over. It does not come back when it ends.
     *
     * @param name what it is called in the broker's list
     */
    public Connection open(String name) throws IOException, TimeoutException {
        return factory.newConnection(new SameThread(), addresses, name);
    }
}
