/** The registry service: who devices are, whether they may connect, and whether they are there. */
@NullMarked
package io.warren.registry;

import org.jspecify.annotations.NullMarked;
