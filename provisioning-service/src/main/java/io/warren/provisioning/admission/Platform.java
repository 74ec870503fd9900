package io.warren.provisioning.admission;

/**
 * Another installation.
 *
 * @param name what the policy calls it
 * @param url where devices reach its bootstrap
 */
public record Platform(String name, String url) {}
