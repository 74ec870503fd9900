package io.warren.simulator.bench;

import io.warren.simulator.cli.UsageException;
import io.warren.simulator.installation.Installation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;

/** Where the installation is: benchmarks take it over, so they work on this machine only. */
public final class Loopback {

    private Loopback() {}

    /** Where the broker takes plain MQTT; {@link UsageException} if that or the gateway is on another machine. */
    public static InetSocketAddress broker(Map<String, String> environment) {
        require(Installation.of(environment).url().getHost());
        return new InetSocketAddress(
                require(Installation.required(environment, "WARREN_MQTT_HOST")),
                Integer.parseInt(Installation.required(environment, "WARREN_MQTT_PORT")));
    }

    private static InetAddress require(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            if (!address.isLoopbackAddress()) {
                throw new UsageException(
                        "The benchmark stops a service and purges queues: it works on loopback only, not on " + host);
            }
            return address;
        } catch (UnknownHostException e) {
            throw new UsageException("There is no host " + host);
        }
    }
}
