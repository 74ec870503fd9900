/** Configurations: what many devices are to be like, said at once by an expression. */
@NullMarked
package io.warren.registry.configuration;

import org.jspecify.annotations.NullMarked;
