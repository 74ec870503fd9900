/** The ports: HTTPS for everybody, plain HTTP inside, and no page of the container's on either. */
@NullMarked
package io.warren.gateway.connector;

import org.jspecify.annotations.NullMarked;
