package io.warren.contracts.provisioning;

/**
 * The answer to a {@link BootstrapSignInQuestion}.
 *
 * @param accepted whether the device may have a connection to bootstrap on. Why it may not is not said: the broker would tell
 *     whoever tries
 */
public record BootstrapSignInAnswer(boolean accepted) {}
