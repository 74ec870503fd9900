/** What devices say about their updates, read and put in order. */
@NullMarked
package io.warren.firmware.status;

import org.jspecify.annotations.NullMarked;
