/** Tests of the registry as a whole. */
@NullMarked
package io.warren.registry;

import org.jspecify.annotations.NullMarked;
