package io.warren.platform.problem;

/**
 * One place at which a request is wrong.
 *
 * @param pointer a JSON pointer (RFC 6901) into the body, or the name of a parameter
 * @param detail what is wrong there, for people
 */
public record Violation(String pointer, String detail) {}
