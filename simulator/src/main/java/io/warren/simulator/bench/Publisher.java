package io.warren.simulator.bench;

import io.warren.simulator.mqtt.MqttConnection;

/** A device that is connected. */
public record Publisher(BenchDevice device, MqttConnection connection) {}
