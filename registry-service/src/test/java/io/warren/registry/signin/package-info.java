/** Signing in, tried. */
@NullMarked
package io.warren.registry.signin;

import org.jspecify.annotations.NullMarked;
