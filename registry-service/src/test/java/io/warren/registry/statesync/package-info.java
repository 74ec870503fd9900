/** Tests of what devices and the platform tell each other about state. */
@NullMarked
package io.warren.registry.statesync;

import org.jspecify.annotations.NullMarked;
