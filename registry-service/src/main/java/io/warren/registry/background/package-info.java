/** Work that goes on beside the requests: a thread that looks for due rows and is woken when there are some. */
@NullMarked
package io.warren.registry.background;

import org.jspecify.annotations.NullMarked;
