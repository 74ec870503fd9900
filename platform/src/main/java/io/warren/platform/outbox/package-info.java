/** Events written in the business transaction and published, confirmed and in order, after it. */
@NullMarked
package io.warren.platform.outbox;

import org.jspecify.annotations.NullMarked;
