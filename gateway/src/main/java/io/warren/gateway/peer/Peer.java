package io.warren.gateway.peer;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Who is at the other end.
 *
 * @param address the network address
 * @param certificates the certificate of whose key the caller has proved to have it, and those that it sent along; empty if it
 *     showed none. Whether anybody should trust them is not said
 */
public record Peer(String address, List<X509Certificate> certificates) {}
