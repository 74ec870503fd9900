package io.warren.firmware.downlink;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.warren.contracts.device.DeviceAddress;
import io.warren.firmware.FirmwareTest;
import io.warren.firmware.directory.DeviceDirectory;
import io.warren.testing.backing.Backed;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.AmqpTimeoutException;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

@FirmwareTest
@Backed(broker = Backed.Broker.OWN_VHOST)
class DeviceChannelIT {

    @Autowired
    private CachingConnectionFactory broker;

    @Autowired
    private DeviceDirectory directory;

    @Test
    void thatTheBrokerDoesNotConfirmInTimeSaysNothingAgainstTheMessage() {
        // asks for no confirms, so that none comes
        CachingConnectionFactory connections = new CachingConnectionFactory(broker.getRabbitConnectionFactory());
        connections.setVirtualHost(broker.getVirtualHost());
        try {
            DeviceChannel channel = new DeviceChannel(connections, directory, JsonMapper.shared());

            assertThatExceptionOfType(AmqpTimeoutException.class)
                    .isThrownBy(
                            () -> channel.deliver(DeviceAddress.of("acme", "pump-17"), Map.of(), "firmware", "job"));
        } finally {
            connections.destroy();
        }
    }
}
