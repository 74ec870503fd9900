/** What the broker delivers, read: whose it is, what is to be stored of it and at what time, and what is refused. */
@NullMarked
package io.warren.telemetry.message;

import org.jspecify.annotations.NullMarked;
