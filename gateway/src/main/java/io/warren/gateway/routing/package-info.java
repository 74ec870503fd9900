/** Which service a path belongs to, and how a request travels there and back. */
@NullMarked
package io.warren.gateway.routing;

import org.jspecify.annotations.NullMarked;
