package io.warren.simulator.enrollment;

/**
 * What a device is told when it registers.
 *
 * @param credentials how it signs in to the broker
 * @param broker where the broker is
 * @param topics what its topics begin with, up to and with the slash
 * @param ca the authorities that vouch for the broker, PEM
 * @param keepAliveSeconds the longest silence on the connection
 */
public record Identity(Credentials credentials, Broker broker, Topics topics, String ca, int keepAliveSeconds) {

    /** How it signs in. */
    public record Credentials(String username, String secret, String clientId) {

        @Override
        public String toString() {
            return username;
        }
    }

    /** Where it connects to. */
    public record Broker(String host, int mqttsPort) {}

    /** What its topics begin with. */
    public record Topics(String up, String down) {}
}
