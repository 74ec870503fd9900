package io.warren.telemetry.rejection;

import io.warren.telemetry.body.Refusal;

/**
 * A refusal of something that a device sent.
 *
 * @param tenant the tenant's name
 * @param device the device's id
 * @param topic the MQTT topic of the message
 * @param receivedMillis when the broker received the message, in milliseconds since 1970-01-01T00:00Z
 * @param refusal what was refused and why
 */
public record Rejection(String tenant, String device, String topic, long receivedMillis, Refusal refusal) {}
