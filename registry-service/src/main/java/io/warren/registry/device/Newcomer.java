package io.warren.registry.device;

/**
 * A device that registers itself, known or not.
 *
 * @param description what it is, if it is new
 * @param origin what lets it in
 * @param replacing whether it is another board, which takes over the device if there is one
 */
public record Newcomer(DeviceDescription description, Origin origin, boolean replacing) {}
