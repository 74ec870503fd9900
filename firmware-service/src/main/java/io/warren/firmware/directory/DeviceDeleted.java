package io.warren.firmware.directory;

/**
 * Said inside this service, in the transaction that takes note of it: a device is gone.
 *
 * @param tenant the tenant that owned it
 * @param device its id
 */
public record DeviceDeleted(String tenant, String device) {}
