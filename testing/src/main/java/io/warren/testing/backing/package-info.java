/** A database, a virtual host and a token issuer of a test's own, on real PostgreSQL and RabbitMQ. */
@NullMarked
package io.warren.testing.backing;

import org.jspecify.annotations.NullMarked;
