/** Which devices are connected, and since when. */
@NullMarked
package io.warren.registry.presence;

import org.jspecify.annotations.NullMarked;
