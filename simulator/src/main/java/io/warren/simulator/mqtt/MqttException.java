package io.warren.simulator.mqtt;

import java.io.IOException;

/** The broker refused the connection, ended it, or sent what MQTT 5.0 does not allow. */
public final class MqttException extends IOException {

    MqttException(String message) {
        super(message);
    }
}
