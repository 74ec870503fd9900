/** Somebody at the other end of webhooks. */
@NullMarked
package io.warren.testing.webhook;

import org.jspecify.annotations.NullMarked;
