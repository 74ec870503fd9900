/** Device types: what devices of a kind say and understand, and what holds for all of them. */
@NullMarked
package io.warren.registry.devicetype;

import org.jspecify.annotations.NullMarked;
