package io.warren.simulator.mqtt;

/**
 * How a connection introduces itself to the broker.
 *
 * @param clientId the MQTT client id
 * @param username the user name; a device's is the same as its client id
 * @param password the password, kept out of {@link #toString()}
 */
public record MqttLogin(String clientId, String username, String password) {

    @Override
    public String toString() {
        return clientId;
    }
}
