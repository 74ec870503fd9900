package io.warren.registry.messagegateway;

import io.warren.contracts.device.DeviceAddress;

/**
 * A message that wakes a device.
 *
 * @param device whom it wakes
 * @param address where that is in the channel's network, a telephone number for instance
 * @param text what it says
 * @param nonce the random part of the text: the same for the same message sent again
 * @param time the time in the text, in seconds since 1970
 */
public record WakeUpMessage(DeviceAddress device, String address, String text, String nonce, long time) {

    /** Keeps the number out of logs. */
    @Override
    public String toString() {
        return "WakeUpMessage[" + device + "]";
    }
}
