/** Events of the registry, and the requests that it answers over the broker. */
@NullMarked
package io.warren.contracts.registry;

import org.jspecify.annotations.NullMarked;
