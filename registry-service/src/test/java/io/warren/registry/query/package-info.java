/** Devices found, sorted and counted over REST. */
@NullMarked
package io.warren.registry.query;

import org.jspecify.annotations.NullMarked;
