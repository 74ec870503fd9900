/** Who is at the other end of a connection: the network address and the certificate, as seen here or as a trusted proxy in front says. */
@NullMarked
package io.warren.gateway.peer;

import org.jspecify.annotations.NullMarked;
