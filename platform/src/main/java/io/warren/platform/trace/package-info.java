/** W3C trace context: one id that follows a request through logs, problems and messages. */
@NullMarked
package io.warren.platform.trace;

import org.jspecify.annotations.NullMarked;
