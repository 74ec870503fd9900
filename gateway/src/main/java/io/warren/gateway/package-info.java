/** The gateway: API keys, internal tokens and routes. */
@NullMarked
package io.warren.gateway;

import org.jspecify.annotations.NullMarked;
