/** Commands, tried. */
@NullMarked
package io.warren.registry.command;

import org.jspecify.annotations.NullMarked;
