/** Many devices registered and described at a time, from a stream of rows. */
@NullMarked
package io.warren.registry.deviceimport;

import org.jspecify.annotations.NullMarked;
